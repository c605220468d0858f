"""A person's own sign-in: Google's page in the browser asks them, and answers to this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2 import OAuth2Error

from addin.hosts.google.accounts import SCOPES, client_of
from addin.hosts.google.client import DRIVE
from addin.hosts.google.errors import NoGoogleAccount, SignInRefused

WAIT_S = 600  # for the person, who may have to find a password
ABOUT = f"{DRIVE}/drive/v3/about"


def consented(client: Path, prompt: str, thanks: str) -> dict[str, Any]:
    """The facts of an account (`client_of`) after its person consented in the browser.

    `client` is the JSON file of an OAuth client of the kind "desktop app". `prompt` is said where
    no browser opens; it has a place for the page's address ({url}). `thanks` is what the browser
    shows in the end. Raises `NoGoogleAccount`, `SignInRefused`, and `HostError`.
    """
    try:
        flow = InstalledAppFlow.from_client_secrets_file(str(client), SCOPES)
    except (OSError, ValueError, KeyError) as unfit:
        raise NoGoogleAccount(reason=client.name) from unfit
    try:
        own = flow.run_local_server(
            port=0,
            authorization_prompt_message=prompt,
            success_message=thanks,
            timeout_seconds=WAIT_S,
        )
    except (OAuth2Error, AttributeError) as refused:  # the latter where nobody ever answered
        raise SignInRefused(account=client.name, reason=type(refused).__name__) from refused
    facts: dict[str, Any] = json.loads(own.to_json()) | {"type": "authorized_user"}
    asked = client_of(facts, client.name)
    told = asked.request("get", ABOUT, params={"fields": "user(emailAddress)"}).json()
    return facts | {"account": str(told["user"]["emailAddress"])}
