"""The Streamlit dashboard: reads one release, draws pages. Imports nothing of the load side."""
