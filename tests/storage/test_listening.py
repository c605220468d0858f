"""PostgreSQL tells other processes of commits: after they are made, never of what was undone."""

from __future__ import annotations

from threading import Event, Thread

import psycopg
import pytest

from sync_server.storage.sql_store import open_store
from tests.api.live import until
from tests.storage.bookshop import COMPANY, SECRET, batch, catalogue, change, keep, sale
from tests.storage.contract import _keep_and_fail

pytestmark = pytest.mark.postgresql


def test_commits_of_others_are_heard_of_and_a_lost_connection_is_made_anew(
    postgresql_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync_server.storage.listening.AGAIN_S", 0.05)
    store, other = (open_store(postgresql_database_url, catalogue()) for _ in range(2))
    store.add_company(COMPANY, "e1", SECRET)
    heard: list[tuple[str, int]] = []
    end = Event()
    thread = Thread(target=store.listen, args=(lambda *told: heard.append(told), end))
    thread.start()
    plain = postgresql_database_url.replace("+psycopg", "")
    listening = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN %%' AND datname = %s"
    with psycopg.connect(plain, autocommit=True) as connection:
        database = (connection.info.dbname,)
        until(lambda: connection.execute(listening, database).fetchall())
        with pytest.raises(ZeroDivisionError):
            _keep_and_fail(other, batch(1, [change(sale("x"))]))
        keep(other, batch(1, [change(sale("a"))]))
        until(lambda: heard == [(COMPANY.code, 1)])
        ((lost,),) = connection.execute(listening, database).fetchall()
        connection.execute("SELECT pg_terminate_backend(%s)", (lost,))
        until(lambda: connection.execute(listening, database).fetchall() not in ([], [(lost,)]))
        keep(other, batch(2, [change(sale("b", 2))]))
        until(lambda: heard[-1] == (COMPANY.code, 2))
    end.set()
    thread.join(30)
    assert not thread.is_alive()
    store.close()
    other.close()


def test_the_planner_hears_of_rows_before_anybody_waits_for_it(
    postgresql_database_url: str,
) -> None:
    store = open_store(postgresql_database_url, catalogue())
    store.add_company(COMPANY, "e1", SECRET)
    keep(store, batch(1, [change(sale(f"r{n}", key=f"S{n}")) for n in range(600)]))
    with store.transaction() as connection:
        counted = connection.exec_driver_sql(
            "SELECT reltuples FROM pg_class WHERE relname = 'rows'"
        ).scalar()
    assert counted == 600
    store.close()
