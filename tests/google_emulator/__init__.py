"""Google Sheets v4 and Drive v3 as gspread and a host need them, for tests without Google.

What it does, and how we know that Google does it, stands in `behaviours.py`. Run it with
`python -m tests.google_emulator --port 8790`; `--no-auth` answers without a token.
"""
