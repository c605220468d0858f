"""Quotas of the Sheets API: reads and writes, within sixty seconds, per person and per project."""

from tests.google_emulator.refusals import Refusal, error_body
from tests.google_emulator.world import World

PROJECT = "project_number:100000000000"


def spend(world: World, account: str, write: bool) -> None:
    """Counts a request, however many ranges it names; 429 in the recorded words when too many."""
    verb = "Write" if write else "Read"
    now = world.now().timestamp()
    for whom, limit, each in (
        (account, _limit(world, verb, ""), " per user"),
        ("", _limit(world, verb, "project_"), ""),
    ):
        recent = [then for then in world.spent.get((whom, verb), []) if then > now - 60]
        world.spent[whom, verb] = recent
        if limit is not None and len(recent) >= limit:
            raise _exhausted(verb, each, limit)
    for whom in (account, ""):
        world.spent[whom, verb].append(now)


def _limit(world: World, verb: str, scope: str) -> int | None:
    limit: int | None = getattr(world.settings, f"{scope}{verb.lower()}s_per_minute")
    return limit


def _exhausted(verb: str, each: str, limit: int) -> Refusal:
    message = (
        f"Quota exceeded for quota metric '{verb} requests' and limit "
        f"'{verb} requests per minute{each}' of service 'sheets.googleapis.com' "
        f"for consumer '{PROJECT}'."
    )
    metadata = {
        "quota_limit": f"{verb}RequestsPerMinute{'PerUser' if each else 'PerProject'}",
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "quota_metric": f"sheets.googleapis.com/{verb.lower()}_requests",
        "consumer": PROJECT.replace("_number:", "s/"),
        "service": "sheets.googleapis.com",
    }
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    return Refusal(429, message, error_body(429, message, [detail]))
