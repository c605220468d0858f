"""Who one is to a server: the token from LAJUR_TOKEN, else from the system's key store."""

from __future__ import annotations

import os

import keyring
from keyring.errors import KeyringError

from addin.errors import NoKeyStore, WrongToken

SERVICE = "lajur"


def token_for(server: str) -> str:
    """The person's token for a server. Raises `WrongToken` where there is none."""
    token = os.environ.get("LAJUR_TOKEN") or kept_token(server)
    if not token:
        raise WrongToken(server=server)
    return token.strip()


def keep_token(server: str, token: str) -> None:
    """Put a token into the key store. Raises `NoKeyStore`."""
    try:
        keyring.set_password(SERVICE, server, token)
    except KeyringError as refused:
        raise NoKeyStore(reason=str(refused).splitlines()[0]) from refused


def kept_token(server: str) -> str | None:
    """What the key store has for a server; None where it has nothing, or cannot be asked."""
    try:
        return keyring.get_password(SERVICE, server)
    except KeyringError:
        return None
