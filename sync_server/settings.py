"""The server's settings, each with its sentence; the environment decides where nothing is said."""

from __future__ import annotations

import os
from dataclasses import dataclass

DATABASE = "sqlite:///lajur.sqlite3"


@dataclass(frozen=True)
class Settings:
    """`database`: where the central copy is kept (LAJUR_DATABASE), a SQLAlchemy URL.
    `host`, `port`: where `serve` listens; only this machine unless told otherwise.
    `notices`: whether those who wait are told of new commits at once; else they find them when
    they ask.
    """

    database: str = DATABASE
    host: str = "127.0.0.1"
    port: int = 8765
    notices: bool = True


def from_environment() -> Settings:
    """The settings, with LAJUR_DATABASE where it is set."""
    return Settings(database=os.environ.get("LAJUR_DATABASE", DATABASE))
