"""Who sends a change: what a rule may ask where it depends on the person."""

from __future__ import annotations

from dataclasses import dataclass

OWNER = "owner"
CONTROLLER = "controller"  # may do what is held back from those who keep the books


@dataclass(frozen=True, slots=True)
class Sender:
    """A person and their roles in the company."""

    name: str
    roles: frozenset[str]

    def has(self, role: str) -> bool:
        """Whether they have a role; the owner has every one."""
        return OWNER in self.roles or role in self.roles
