"""The worker of Google Sheets: who is next, what it remembers, what a person sees of it."""
