"""The host of spreadsheets in Google Sheets: read in two calls, changed in one atomic call."""
