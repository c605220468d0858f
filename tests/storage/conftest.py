"""A PostgreSQL database for one test."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url


@pytest.fixture
def postgresql_database_url(postgresql_url: str) -> Iterator[str]:
    """A new database, dropped at the end."""
    with new_database(postgresql_url) as url:
        yield url


@contextmanager
def new_database(postgresql_url: str) -> Iterator[str]:
    """The URL of a new database of a server, dropped at the end."""
    name = f"toko_{uuid4().hex}"
    plain = postgresql_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield make_url(postgresql_url).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
