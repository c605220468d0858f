"""What the server told of documents that it took: shown for 30 days, and never in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from addin.copies import Copy
from addin.issues import Issue
from addin.shadow import Remarked
from workbook_templates import wire

KEPT_FOR = timedelta(days=30)
MOST = 500
REMARK = "remark"  # the status of such an issue


def take_remarks(copy: Copy, group: wire.Group, result: wire.Result) -> None:
    """Remember what is told of a document now, in place of what was told of it before."""
    place = (group.kind, group.key)
    others = [one for one in copy.shadow.remarked if (one.table, one.key) != place]
    if not result.remarks and len(others) == len(copy.shadow.remarked):
        return
    told = [Remarked(*place, remark, _now(copy)) for remark in result.remarks]
    copy.shadow.remarked = [*told, *others][:MOST]
    copy.is_remarked_anew = True


def remarks(copy: Copy) -> list[Issue]:
    """All remarks whose row is on its sheet still, the newest first."""
    first = (datetime.fromisoformat(_now(copy)) - KEPT_FOR).isoformat()
    return [
        _issue(one)
        for one in copy.shadow.remarked
        if one.at >= first and copy.row(one.table, one.remark.rid or "") is not None
    ]


def remarks_of_this(copy: Copy) -> list[Issue]:
    """The remarks, if this run brought or ended any."""
    return remarks(copy) if copy.is_remarked_anew else []


def _issue(one: Remarked) -> Issue:
    told = one.remark
    return Issue(one.table, one.key, told.rid, told.col, told.code, REMARK, told.message)


def _now(copy: Copy) -> str:
    """The server's time at the beginning of this sync; this computer's where there was none."""
    return copy.moment or datetime.now(UTC).isoformat(timespec="seconds")
