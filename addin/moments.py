"""A moment of the audit as a person reads it: in their language, by this computer's clock."""

from __future__ import annotations

from datetime import datetime, tzinfo

from workbook_templates.words import Words

MONTHS = Words(
    "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)
CLOCK = Words("%H.%M", "%H:%M")


def moment(text: str, language: str, zone: tzinfo | None = None) -> str:
    """A moment in UTC (ISO 8601) as "3 Mei 2026 14.02" or "3 May 2026 14:02" in a time zone.

    Without a zone in this computer's. What is no moment comes back as it is.
    """
    try:
        told = datetime.fromisoformat(text).astimezone(zone)
    except ValueError:
        return text
    month = MONTHS[language].split()[told.month - 1]
    return f"{told.day} {month} {told.year} {told.strftime(CLOCK[language])}"
