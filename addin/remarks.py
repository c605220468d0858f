"""What the server told of documents that it took: shown for 30 days, and never in the way."""

from __future__ import annotations

from datetime import datetime

from addin.copies import Copy
from addin.decided import KEPT_FOR, MOST, now_of
from addin.issues import Issue
from addin.shadow import Remarked
from workbook_templates import wire

REMARK = "remark"  # the status of such an issue


def take_remarks(copy: Copy, group: wire.Group, result: wire.Result) -> None:
    """Remember what is told of a document now, in place of what was told of it before."""
    place = (group.kind, group.key)
    others = [one for one in copy.shadow.remarked if (one.table, one.key) != place]
    if not result.remarks and len(others) == len(copy.shadow.remarked):
        return
    told = [Remarked(*place, remark, now_of(copy)) for remark in result.remarks]
    copy.shadow.remarked = [*told, *others][:MOST]
    copy.is_remarked_anew = True


def forget_old_remarks(copy: Copy) -> None:
    """Let go of remarks that are older than 30 days."""
    if copy.shadow.remarked:
        first = (datetime.fromisoformat(now_of(copy)) - KEPT_FOR).isoformat()
        recent = [one for one in copy.shadow.remarked if one.at >= first]
        copy.is_remarked_anew |= recent != copy.shadow.remarked
        copy.shadow.remarked = recent


def remarks(copy: Copy) -> list[Issue]:
    """All remarks whose row is on its sheet still, the newest first."""
    return [
        _issue(one)
        for one in copy.shadow.remarked
        if copy.row(one.table, one.remark.rid or "") is not None
    ]


def remarks_of_this(copy: Copy) -> list[Issue]:
    """The remarks, if this run brought or ended any."""
    return remarks(copy) if copy.is_remarked_anew else []


def _issue(one: Remarked) -> Issue:
    told = one.remark
    return Issue(one.table, one.key, told.rid, told.col, told.code, REMARK, told.message)
