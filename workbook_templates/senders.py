"""Who sends a change: what a rule may ask where it depends on the person."""

from __future__ import annotations

from dataclasses import dataclass, field

OWNER = "owner"
CONTROLLER = "controller"  # may do what is held back from those who keep the books


@dataclass(frozen=True, slots=True)
class Sender:
    """A person and their roles in the company; `at` is when they send, UTC text as in the audit.

    The moment is for what is written down, and for who may decide on a day (deputies).
    """

    name: str
    roles: frozenset[str]
    at: str = field(default="", kw_only=True)

    def has(self, role: str) -> bool:
        """Whether they have a role; the owner has every one."""
        return OWNER in self.roles or role in self.roles

    @property
    def day(self) -> str:
        """The day on which they send (UTC), YYYY-MM-DD; "" where it is not known."""
        return self.at[:10]
