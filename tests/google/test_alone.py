"""The emulator as a program of its own, as other suites and other languages use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]


def test_the_emulator_runs_alone_answers_without_a_token_and_is_emptied() -> None:
    command = [sys.executable, "-m", "tests.google_emulator", "--port", "0", "--no-auth"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            made = requests.post(f"{url}/v4/spreadsheets", json={}, timeout=60).json()
            book = f"{url}/v4/spreadsheets/{made['spreadsheetId']}"
            assert requests.get(f"{book}/values/A1", timeout=60).status_code == 200
            assert requests.post(f"{url}/_emulator/reset", timeout=60).status_code == 200
            assert requests.get(f"{book}/values/A1", timeout=60).status_code == 404
        finally:
            process.terminate()
