"""Access tokens for mailboxes that take no password (Gmail, Microsoft 365): XOAUTH2, refresh (RFC 6749)."""

import httpx

from dragoman.ground.channels.ports import Secrets
from dragoman.kit.errors import Rejected, Unavailable

TIMEOUT = 20.0
REFRESH_FIELDS = ("client_id", "client_secret", "refresh_token", "scope")


def is_oauth(secrets: Secrets) -> bool:
    """Say whether these secrets log in by token instead of password."""
    return bool(secrets.get("access_token") or secrets.get("refresh_token"))


def access_token(secrets: Secrets) -> str:
    """Return a fresh token where `token_url` and `refresh_token` are given, else the stored one.

    Rejected means that someone must connect the mailbox anew; Unavailable that the token server does not answer.
    """
    if not (secrets.get("refresh_token") and secrets.get("token_url")):
        return secrets.get("access_token", "")
    form = {"grant_type": "refresh_token"}
    form |= {key: secrets[key] for key in REFRESH_FIELDS if secrets.get(key)}
    try:
        answer = httpx.post(secrets["token_url"], data=form, timeout=TIMEOUT)
        body = answer.json()
    except (httpx.HTTPError, ValueError) as fault:
        raise Unavailable(f"the token server does not answer: {type(fault).__name__}") from fault
    if answer.status_code >= 500:
        raise Unavailable(f"the token server answers {answer.status_code}")
    token = body.get("access_token") if isinstance(body, dict) else None
    if answer.status_code != 200 or not isinstance(token, str):
        said = body.get("error_description") or body.get("error") if isinstance(body, dict) else ""
        raise Rejected(f"the mailbox must be connected anew: {said or answer.status_code}")
    return token


def xoauth2(user: str, token: str) -> str:
    """Return the SASL word for a user and a token, not yet in base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"
