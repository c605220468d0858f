"""The host of Google Sheets against the emulator."""
