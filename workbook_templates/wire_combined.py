"""A report over several companies, as the server answers it."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_templates.wire import ReportReply


@dataclass(frozen=True, slots=True)
class CompanyRead:
    """A company of which a report tells, and the commit up to which that is true."""

    company: str
    name: str
    currency: str
    seq: int


@dataclass(frozen=True, slots=True)
class CombinedReply(ReportReply):
    """A report's table: `company` is the one in whose currency all is told, `seq` its own."""

    companies: tuple[CompanyRead, ...]
