"""The key file of a service account, as Google's console gives it, for an emulator."""

import json
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.google.conftest import ROBOT


@cache
def private_key() -> str:
    """A key thrown away after the tests; making one takes a moment."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def account_file(google: str, folder: Path) -> Path:
    """The robot's file in a folder; its tokens come from the emulator at that address."""
    facts = {
        "type": "service_account",
        "client_email": ROBOT,
        "private_key": private_key(),
        "token_uri": f"{google}/token",
    }
    file = folder / "office-account.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    return file
