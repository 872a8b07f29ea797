"""Reports and pictures: one `ReportData` from the pages' own queries, and a writer for each format. No Streamlit calls."""
