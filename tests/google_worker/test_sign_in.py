"""A person signs in with their own Google account, in the browser, and works without a robot."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.google.conftest import Emulator
from tests.google_emulator.world import NOBODY
from tests.google_worker.worker_process import LAJUR

ROOT = Path(__file__).parents[2]


def surroundings(emulator: Emulator, folder: Path) -> dict[str, str]:
    """What the command is told: a key store, a browser that has somebody before it, no robot."""
    own = {key: text for key, text in os.environ.items() if not key.startswith("LAJUR_")}
    return own | {
        "LAJUR_LANG": "en",
        "LAJUR_GOOGLE_API": emulator.url,
        "PYTHON_KEYRING_BACKEND": "tests.google_worker.key_file.KeyFile",
        "PYTHONPATH": str(ROOT),
        "TEST_KEY_FILE": str(folder / "keys.json"),
        "BROWSER": f"{sys.executable} {Path(__file__).with_name('browser.py')} %s &",
        "OAUTHLIB_INSECURE_TRANSPORT": "1",  # the emulator speaks plain HTTP
    }


def client_file(emulator: Emulator, folder: Path) -> Path:
    """The JSON file of an OAuth client, as Google's console gives it."""
    told = {
        "client_id": "lajur-test.apps.googleusercontent.com",
        "client_secret": "not so secret",
        "auth_uri": f"{emulator.url}/o/oauth2/auth",
        "token_uri": f"{emulator.url}/token",
        "redirect_uris": ["http://localhost"],
    }
    file = folder / "client.json"
    file.write_text(json.dumps({"installed": told}), encoding="utf-8")
    return file


def lajur(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LAJUR, *words], env=env, capture_output=True, text=True, timeout=240, check=False
    )


def test_a_person_consents_in_the_browser_and_makes_a_book_of_their_own(
    emulator: Emulator, tmp_path: Path
) -> None:
    env = surroundings(emulator, tmp_path)
    signed = lajur(env, "google-sign-in", "--client", str(client_file(emulator, tmp_path)))
    assert signed.returncode == 0, signed.stderr
    assert f"{NOBODY} is signed in." in signed.stdout
    own = str(emulator.person("create", title="Mine", by=NOBODY)["spreadsheetId"])
    link = f"https://docs.google.com/spreadsheets/d/{own}/edit"
    made = lajur(env, "new", "inventory", "--google", link, "--lang", "en")
    assert made.returncode == 0, made.stderr
    assert "The workbook Mine is ready." in made.stdout
    told = lajur(env, "status", link)
    assert told.returncode == 0, told.stderr


def test_a_file_that_is_no_client_is_named(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}", encoding="utf-8")
    said = lajur(surroundings(emulator, tmp_path), "google-sign-in", "--client", str(file))
    assert said.returncode == 2
    assert "other.json" in said.stderr
