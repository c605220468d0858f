"""The store in SQLite or PostgreSQL, chosen by URL: `open_store(url, catalogue)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from sync_server.core.audit import GENESIS
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import AlreadyThere, BadRequest
from sync_server.core.port import CopySeen, Ending, HeldLease, ParkedDraft, Person
from sync_server.storage import leasing, scoping, sharing
from sync_server.storage.at_hand import PeopleAtHand
from sync_server.storage.dialect import Dialect
from sync_server.storage.migration import migrate
from sync_server.storage.postgresql import Postgresql
from sync_server.storage.reading import Reader
from sync_server.storage.sqlite import Sqlite
from sync_server.storage.transaction import SqlTransaction
from workbook_templates.schema import Company


def open_store(url: str, catalogue: Catalogue) -> SqlStore:
    """The store at "sqlite:///file" or "postgresql+psycopg://…", brought up to date.

    Raises `NoDatabase` where it cannot be opened, `Busy` where somebody else holds it.
    """
    kind = make_url(url).get_backend_name()
    dialects: dict[str, type[Sqlite] | type[Postgresql]] = {
        "sqlite": Sqlite,
        "postgresql": Postgresql,
    }
    if kind not in dialects:
        raise BadRequest(f"Lajur keeps its records in SQLite or PostgreSQL, not in {kind}")
    dialect = dialects[kind]()
    store = SqlStore(dialect.engine(url), dialect, catalogue)
    store.migrate()
    return store


class SqlStore:
    """All companies and people of one database. Use from many threads at once."""

    def __init__(self, engine: Engine, dialect: Dialect, catalogue: Catalogue) -> None:
        self.engine = engine
        self.dialect = dialect
        self.catalogue = catalogue
        self._errors: tuple[type[Exception], ...] = (DBAPIError, *dialect.errors)
        self._at_hand = PeopleAtHand()

    def close(self) -> None:
        """Gives back every connection."""
        self.dialect.close()
        self.engine.dispose()

    def migrate(self) -> list[str]:
        """Brings the database to the declarations; the names of what was made or made anew."""
        with self.transaction(writing=True) as connection:
            self.dialect.lock_schema(connection)
            return migrate(connection, self.dialect, self.catalogue)

    def companies(self) -> list[Company]:
        """All companies, by code."""
        statement = "SELECT code, name, currency, pack, language FROM companies ORDER BY code"
        with self.transaction() as connection:
            return [Company(*found) for found in connection.exec_driver_sql(statement)]

    def add_company(self, company: Company, epoch: str, secret: bytes) -> None:
        """Lays an empty company. Raises `AlreadyThere`."""
        c = company
        record = (c.code, c.name, c.currency, c.pack, c.language, epoch, secret.hex(), GENESIS)
        try:
            with self.transaction(writing=True) as connection:
                connection.exec_driver_sql(
                    self.dialect.sql(
                        "INSERT INTO companies"
                        " (code, name, currency, pack, language, epoch, secret, hash)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                    ),
                    record,
                )
        except IntegrityError:
            raise AlreadyThere(f"There is a company {company.code} already") from None

    def add_person(self, person: Person, token_digest: str) -> None:
        """Adds a person, or gives one more roles and a new token."""
        statements = [
            ("INSERT INTO people (name) VALUES (?)", (person.name,)),
            ("INSERT INTO tokens (digest, name) VALUES (?, ?)", (token_digest, person.name)),
        ]
        for company, role in person.roles:
            statement = "INSERT INTO roles (company, name, role) VALUES (?, ?, ?)"
            statements.append((statement, (company, person.name, role)))
        for company, only in person.only:
            statement = "INSERT INTO limits (company, name, admits) VALUES (?, ?, ?)"
            statements.append((statement, (company, person.name, only)))
        with self.transaction(writing=True) as connection:
            for text, record in statements:
                once = self.dialect.sql(f"{text} ON CONFLICT DO NOTHING")
                connection.exec_driver_sql(once, record)
        self._at_hand.clear()

    def versions(self, company: str) -> dict[str, int]:
        """Of which version of each book a company's rows are."""
        with self.transaction() as connection:
            return scoping.versions(Reader(connection, self.dialect, company))

    def note_versions(self, company: str, versions: dict[str, int]) -> None:
        """Notes that its rows were brought forward."""
        with self.transaction(writing=True) as connection:
            scoping.note_versions(Reader(connection, self.dialect, company), versions)

    def limit_person(self, name: str, company: str, only: Sequence[str]) -> None:
        """Puts these limits in the place of those that a person has there."""
        with self.transaction(writing=True) as connection:
            scoping.limit_person(Reader(connection, self.dialect, company), name, only)
        self._at_hand.clear()

    def person_with(self, token_digest: str) -> Person | None:
        """Who holds that token."""
        statement = self.dialect.sql("SELECT name FROM tokens WHERE digest = ?")
        with self.transaction() as connection:
            found = connection.exec_driver_sql(statement, (token_digest,)).fetchone()
            person = _person(connection, self.dialect, found[0]) if found else None
        if person is not None:
            self._at_hand.put(token_digest, person)
        return person

    def person_at_hand(self, token_digest: str) -> Person | None:
        """Who was found a moment ago."""
        return self._at_hand.get(token_digest)

    def take_lease(self, company: str, wanted: HeldLease, now: str) -> HeldLease:
        """Who has the turn after somebody asked for it."""
        with self.transaction(writing=True) as connection:
            return leasing.take(Reader(connection, self.dialect, company), wanted, now)

    def release_lease(self, company: str, copy: str, holder: str) -> None:
        """Ends a turn, if it is this holder's."""
        with self.transaction(writing=True) as connection:
            leasing.release(Reader(connection, self.dialect, company), copy, holder)

    def heads(self) -> dict[str, int]:
        """The newest commit of every company."""
        with self.transaction() as connection:
            found = connection.exec_driver_sql("SELECT code, head FROM companies").fetchall()
        return {str(code): int(head) for code, head in found}

    def listen(self, heard: Callable[[str, int], None], end: Ending) -> None:
        """What the database says of commits, until `end`; returns at once where it says nothing."""
        self.dialect.listen(self.engine.url, heard, end)

    def people(self) -> list[Person]:
        """Everybody, by name."""
        with self.transaction() as connection:
            found = connection.exec_driver_sql("SELECT name FROM people ORDER BY name").fetchall()
            return [_person(connection, self.dialect, name) for (name,) in found]

    def copies(self, company: str) -> list[CopySeen]:
        """The files of a company that were seen, the last seen first."""
        with self.transaction() as connection:
            return sharing.copies(Reader(connection, self.dialect, company))

    def copy_seen(self, company: str, copy: str) -> CopySeen | None:
        """What is known of one file."""
        with self.transaction() as connection:
            found = sharing.copies(Reader(connection, self.dialect, company), copy)
        return found[0] if found else None

    def see_copy(self, company: str, seen: CopySeen) -> None:
        """Notes what a file said of itself."""
        with self.transaction(writing=True) as connection:
            sharing.see_copy(Reader(connection, self.dialect, company), seen)

    def drafts(self, company: str, ids: Iterable[str] | None = None) -> list[ParkedDraft]:
        """Some or all parked drafts, the newest first."""
        with self.transaction() as connection:
            return sharing.drafts(Reader(connection, self.dialect, company), ids)

    def park(self, company: str, draft: ParkedDraft) -> None:
        """Keeps a draft, or what became of it."""
        with self.transaction(writing=True) as connection:
            sharing.park(Reader(connection, self.dialect, company), draft)

    @contextmanager
    def writing(self, company: str) -> Iterator[SqlTransaction]:
        """The company under its lock; durable at the end, undone on an exception."""
        with self.transaction(writing=True) as connection:
            self.dialect.lock(connection, company)
            reader = Reader(connection, self.dialect, company)
            with reader.behind:
                held = SqlTransaction(reader, self.catalogue)
                head, rows = held.head, held.rows_kept
                yield held
            if held.head != head:
                self.dialect.grew(connection, rows, held.rows_kept)
                self.dialect.notify(connection, company, held.head)
        self.dialect.committed(held.rows_kept - rows)

    @contextmanager
    def reading(self, company: str) -> Iterator[SqlTransaction]:
        """One state of the company; waits for nobody."""
        with self.transaction() as connection:
            yield SqlTransaction(Reader(connection, self.dialect, company), self.catalogue)

    @contextmanager
    def transaction(self, writing: bool = False) -> Iterator[Connection]:
        """A connection in a transaction; errors of the database become the server's own."""
        begin = self.dialect.begin_writing if writing else self.dialect.begin_reading
        try:
            with self.engine.begin() as connection:
                begin(connection)
                yield connection
        except self._errors as error:
            refusal = self.dialect.refusal(getattr(error, "orig", None) or error)
            if refusal is None:
                raise
            raise refusal from error
        except (OverflowError, UnicodeEncodeError) as unfit:  # before the database was asked
            raise BadRequest(f"No database keeps this: {unfit}") from unfit


def _person(connection: Connection, dialect: Dialect, name: str) -> Person:
    statement = dialect.sql("SELECT company, role FROM roles WHERE name = ? ORDER BY company, role")
    found = connection.exec_driver_sql(statement, (name,)).fetchall()
    only = scoping.limits_of(Reader(connection, dialect, ""), name)
    return Person(name, tuple((company, role) for company, role in found), only)
