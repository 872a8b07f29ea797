"""Charts: functions from rows to plotly figures. No Streamlit in here."""
