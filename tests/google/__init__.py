"""Lajur and Google Sheets, with the emulator in Google's place."""
