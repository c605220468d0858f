"""A key store in one file, for commands that run as processes of their own."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class KeyFile(KeyringBackend):
    """Keeps secrets in the file that TEST_KEY_FILE names."""

    priority = 1

    @property
    def file(self) -> Path:
        return Path(os.environ["TEST_KEY_FILE"])

    def get_password(self, service: str, username: str) -> str | None:
        told = json.loads(self.file.read_text()) if self.file.exists() else {}
        found: str | None = told.get(f"{service} {username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        self.file.write_text(json.dumps({f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        self.file.unlink()
