"""The page on the protocol, followed with curl alone against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
MARK = "@@@ block"


def blocks() -> list[str]:
    """The page's shell blocks, in order."""
    return re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """What each block printed: its JSON documents."""
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("curl or bash is not on this machine")
    folder = tmp_path_factory.mktemp("page")
    script = "trap 'kill $SERVER 2>/dev/null' EXIT\n" + f"\necho; echo '{MARK}'\n".join(blocks())
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [documents(part) for part in done.stdout.split(MARK)]


def documents(text: str) -> list[Any]:
    """The JSON documents in a text, which may stand one behind the other."""
    found, decoder = [], json.JSONDecoder()
    start = text.find("{")
    listed = text.find("[{")
    start = listed if 0 <= listed < start else start
    while start >= 0:
        document, end = decoder.raw_decode(text, start)
        found.append(document)
        places = [p for p in (text.find("{", end), text.find("[{", end)) if p >= 0]
        start = min(places, default=-1)
    return found


def result(document: Any) -> dict[str, Any]:
    """The one result of a push."""
    (only,) = document["results"]
    return dict(only)


def test_a_journal_entry_lands_once(answers: list[list[Any]]) -> None:
    (hello,), (first,), (again,) = answers[:3]
    assert hello["user"] == "Sari"
    assert (result(first)["status"], result(first)["replayed"]) == ("applied", False)
    assert len(result(first)["rows"]) == 2
    assert (result(again)["seq"], result(again)["replayed"]) == (result(first)["seq"], True)


def test_an_unbalanced_entry_is_told_in_both_languages(answers: list[list[Any]]) -> None:
    refused = result(answers[3][0])
    assert (refused["status"], refused["errors"][0]["code"]) == ("invalid", "unbalanced")
    assert set(refused["errors"][0]["message"]) == {"id", "en"}


def test_a_conflict_is_told_and_decided_and_the_audit_of_the_cell_shows_it(
    answers: list[list[Any]],
) -> None:
    conflict = result(answers[4][0])
    assert conflict["status"] == "conflict"
    told = conflict["conflicts"][0]
    assert (told["base"], told["mine"], told["theirs"]) == ("Setoran", "Setoran modal", None)
    assert (told["by"], bool(told["when"])) == ("Sari", True)
    assert result(answers[5][0])["status"] == "applied"
    (history,) = answers[6]
    assert history[-1]["cells"] == {"description": [None, "Setoran modal"]}
    assert history[-1]["cause"] == "decided: mine over theirs"


def test_a_single_row_is_written_and_an_old_version_refused(answers: list[list[Any]]) -> None:
    made, refused, changed = answers[7]
    assert made["cells"]["name"] == "Toko Maju"
    assert (refused["status"], refused["row"]["cells"]["name"]) == (412, "Toko Maju")
    assert changed["cells"]["name"] == "Toko Baru"


def test_an_entry_of_a_closed_month_is_locked_until_it_is_opened(answers: list[list[Any]]) -> None:
    closed, refused = answers[8]
    assert closed["cells"]["status"] == "closed"
    locked = result(refused)
    assert (locked["status"], locked["errors"][0]["code"]) == ("locked", "period_closed")
    assert locked["lock"] == {"period": "2026-05", "until": "2026-05-31", "ask": ["Sari"]}
    opened, landed = answers[9]
    assert opened["cells"]["status"] == "open"
    assert result(landed)["status"] == "applied"


def test_the_entry_is_taken_back(answers: list[list[Any]]) -> None:
    decision, entry = answers[10]
    assert result(decision)["status"] == "applied"
    assert result(entry)["status"] == "applied"
    assert all(row["deleted"] for row in result(entry)["rows"])
