"""The host of closed .xlsx and .xlsm files."""
