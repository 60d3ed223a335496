"""Being let into a mailbox by its owner: authorization code with PKCE and state (RFC 6749 4.1, RFC 7636)."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from dragoman.ground.channels.email.vendors import Vendor
from dragoman.kit.errors import Rejected, Unavailable

TIMEOUT = 20.0


@dataclass(frozen=True)
class App:
    """Our program as a vendor knows it; `tenant` is Microsoft's directory, or `common`."""

    vendor: Vendor
    client_id: str
    client_secret: str = ""
    tenant: str = "common"

    @property
    def token_url(self) -> str:
        """Return where codes and refresh tokens are exchanged."""
        return self.vendor.token_url.replace("{tenant}", self.tenant or "common")


def new_verifier() -> str:
    """Return a fresh secret for one authorization (RFC 7636, 4.1)."""
    return secrets.token_urlsafe(48)


def challenge_of(verifier: str) -> str:
    """Return what the authorization server is shown of it (S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorize_url(app: App, *, redirect: str, state: str, verifier: str, address: str) -> str:
    """Return the page where the mailbox's owner agrees."""
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect,
        "scope": app.vendor.scope,
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "login_hint": address,
        **app.vendor.more,
    }
    place = app.vendor.authorize_url.replace("{tenant}", app.tenant or "common")
    return f"{place}?{urlencode(asked)}"


def refresh_token_for(app: App, *, code: str, redirect: str, verifier: str) -> str:
    """Exchange the code and return the refresh token; Rejected says in the vendor's words why there is none."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "client_id": app.client_id,
        "code_verifier": verifier,
    }
    token = _asked(app.token_url, form | ({"client_secret": app.client_secret} if app.client_secret else {}))
    if not token.get("refresh_token"):
        raise Rejected(
            "the vendor gave no refresh token: take this program's access away there and agree again"
        )
    return token["refresh_token"]


def renewed_refresh_token(secrets_known: dict[str, str]) -> str:
    """Use a refresh token and return the one that takes its place, which is the same where the vendor keeps it.

    Microsoft's live for 90 days and come anew with each use, so that a mailbox must note the newest from time to time.
    """
    names = ("client_id", "client_secret", "refresh_token", "scope")
    form = {name: secrets_known[name] for name in names if secrets_known.get(name)}
    token = _asked(secrets_known["token_url"], {"grant_type": "refresh_token", **form})
    return token.get("refresh_token") or secrets_known["refresh_token"]


def _asked(url: str, form: dict[str, str]) -> dict[str, str]:
    try:
        answer = httpx.post(url, data=form, timeout=TIMEOUT)
        body = answer.json()
    except (httpx.HTTPError, ValueError) as fault:
        raise Unavailable(f"the token server does not answer: {type(fault).__name__}") from fault
    if not isinstance(body, dict) or answer.status_code >= 500:
        raise Unavailable(f"the token server answers {answer.status_code}")
    if answer.status_code != 200:
        said = body.get("error_description") or body.get("error") or answer.status_code
        raise Rejected(f"the token server refuses: {said}"[:500])
    return {name: str(value) for name, value in body.items() if isinstance(value, str | int)}
