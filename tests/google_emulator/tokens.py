"""The token flow: a service account's signed assertion in, a bearer token out, the caller known."""

import base64
import binascii
import json
from datetime import timedelta
from urllib.parse import urlencode

from tests.google_emulator.book import Json
from tests.google_emulator.refusals import Refusal
from tests.google_emulator.world import NOBODY, World

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3599


def _refused(description: str, error: str = "invalid_grant") -> Refusal:
    return Refusal(400, description, {"error": error, "error_description": description})


def granted(world: World, form: dict[str, str]) -> Json:
    """`POST /token`. The claims are judged; the signature is not, as no key is known here."""
    if form.get("grant_type") in ("authorization_code", "refresh_token"):
        return _of_a_person(world, form)
    if form.get("grant_type") != GRANT:
        raise _refused(
            f"Invalid grant_type: {form.get('grant_type', '')}", "unsupported_grant_type"
        )
    claims = _claims(form.get("assertion", ""))
    now = world.now().timestamp()
    if not claims.get("iss") or not str(claims.get("aud", "")).endswith("/token"):
        raise _refused("Invalid JWT: iss and aud are required")
    if not claims.get("iat", 0) <= now + 300 or not now < claims.get("exp", 0) <= now + 3900:
        raise _refused("Invalid JWT: Token must be a short-lived token (60 minutes)")
    if not claims.get("scope"):
        raise _refused("Missing required parameter: scope", "invalid_scope")
    return _token(world, claims["iss"])


def _token(world: World, account: str) -> Json:
    token = f"ya29.{world.ids.getrandbits(160):040x}"
    world.tokens[token] = (account, world.now() + timedelta(seconds=LIFETIME))
    return {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer"}


def consent_page(asked: dict[str, str]) -> str:
    """The page on which a person allows an application: here a link alone.

    Codes and refresh tokens name their person, so that nothing needs to be remembered of them.
    """
    answer = {"code": f"4/{NOBODY}", "state": asked["state"], "scope": asked["scope"]}
    return f'<a href="{asked["redirect_uri"]}?{urlencode(answer)}">Allow</a>'


def _of_a_person(world: World, form: dict[str, str]) -> Json:
    """A person's code after the consent, or later their refresh token, for an access token."""
    if form["grant_type"] == "refresh_token":
        person = form.get("refresh_token", "").removeprefix("1//")
    else:
        person = form.get("code", "").removeprefix("4/")
    if not person:
        raise _refused("Bad Request")
    return _token(world, person) | {"refresh_token": f"1//{person}"}


def _claims(assertion: str) -> Json:
    parts = assertion.split(".")
    try:
        header, claims = (json.loads(_decoded(part)) for part in parts[:2])
    except (ValueError, binascii.Error) as unreadable:
        raise _refused("Invalid JWT") from unreadable
    if len(parts) != 3 or not parts[2] or header.get("alg") != "RS256":
        raise _refused("Invalid JWT Signature.")
    return dict(claims)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def caller(world: World, authorization: str) -> str:
    """The account behind the bearer token; a person where no token is asked for."""
    token = authorization.removeprefix("Bearer ")
    if token in world.tokens:
        account, until = world.tokens[token]
        if world.now() < until:
            return account
    elif not world.auth:
        return NOBODY
    if not token:
        raise Refusal(
            403,
            "Method doesn't allow unregistered callers (callers without "
            "established identity). Please use API Key or other form of API consumer "
            "identity to call this API.",
        )
    raise Refusal(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access "
        "token, login cookie or other valid authentication credential.",
    )
