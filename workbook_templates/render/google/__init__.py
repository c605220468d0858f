"""Books as Google spreadsheets: the same look as the workbook files, as requests of one batch.

What differs: a sheet is marked by developer metadata instead of a table, what is Lajur's is
protected by a warning, and Setup has a box to tick for a sync. Nothing here talks to Google.
"""

from workbook_templates.render.google.workbook import google_requests

__all__ = ["google_requests"]
