"""`lajur google-worker`: keeps spreadsheets in Google Sheets in step with the server.

`lanes` says pure and simple which spreadsheet is looked at next, `settings` what somebody chose,
`state` what outlasts a restart, `looks` what one look finds, `rounds` is the loop.
"""
