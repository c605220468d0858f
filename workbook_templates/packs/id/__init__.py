"""The Indonesian rule pack: its dated data (the JSON files) and the calculations over it."""

from __future__ import annotations

from workbook_templates.packs import Pack, pack


def indonesia() -> Pack:
    """The pack of this folder."""
    return pack("id")
