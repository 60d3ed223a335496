"""The engines that a workspace may have an account at: what each asks for, and the URL its client is made from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.core.connections.vendor_accounts import Place, vendor_secrets
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language.home import is_reachable_for_workspaces
from dragoman.ground.providers.translation.choose import new_engine
from dragoman.kit.errors import Refusal

FAMILY: Final = "translation"
# host or [address], port, path: nothing that would change how a URL is read
_ADDRESS = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:/[\w./-]*)?", re.IGNORECASE
)
_TLS: Final = ("", "1", "0")
LONGEST_SECRET = 10_000


@dataclass(frozen=True)
class Vendor:
    """A kind of engine: which settings and secrets it takes, and which of them it cannot do without."""

    label: str
    settings: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


VENDORS: Final[dict[str, Vendor]] = {
    "deepl": Vendor("DeepL", ("glossary",), ("key",), ("key",)),
    "google": Vendor(
        "Google Translation",
        ("project", "location", "glossary", "model"),
        ("credentials",),
        ("project", "credentials"),
    ),
    "azure": Vendor("Azure Translator", ("region", "version", "model"), ("key",), ("key",)),
    "llm": Vendor("OpenAI-compatible", ("model", "tls"), ("key",), ("address", "model")),
    "libretranslate": Vendor("LibreTranslate", ("tls",), ("key",), ("address",)),
    "apertium": Vendor("Apertium", ("tls",), (), ("address",)),
}
FIELDS: Final[dict[str, Promise]] = {
    "address": _("Address"),
    "key": _("Key"),
    "credentials": _("Key file of the service account (JSON)"),
    "project": _("Project"),
    "location": _("Location"),
    "glossary": _("Glossaries at the vendor"),
    "model": _("Model"),
    "region": _("Region"),
    "version": _("Version of the API"),
    "tls": _("Encryption"),
}


def place_from(vendor: str, given: Mapping[str, str]) -> Place:
    """Sort what was given for a vendor into address, settings and secrets; raises Refusal `bad_engine`."""
    if vendor not in VENDORS:
        raise _bad(_("Choose one of these engines: %(names)s.") % {"names": ", ".join(VENDORS)})
    kind = VENDORS[vendor]
    clean = {name: value.strip() for name, value in given.items() if value and value.strip()}
    strange = set(clean) - {"address", *kind.settings, *kind.secrets}
    if strange:
        raise _bad(_("%(vendor)s knows no “%(name)s”.") % {"vendor": kind.label, "name": min(strange)})
    for name in kind.needs:
        if not clean.get(name):
            raise _bad(
                _("%(vendor)s needs this: %(field)s.") % {"vendor": kind.label, "field": FIELDS[name]}, name
            )
    if any(len(value) > LONGEST_SECRET for value in clean.values()):
        raise _bad(_("That is too long."))
    address = _without_scheme(clean, takes_tls="tls" in kind.settings)
    if address and not _ADDRESS.fullmatch(address):
        raise _bad(_("Give the address as host:port, without anything before or behind it."), "address")
    if clean.get("tls", "") not in _TLS:
        raise _bad(_("Encryption is “1” for TLS or “0” for a private line."), "tls")
    place = Place(
        vendor=vendor,
        address=address,
        settings={name: clean[name] for name in kind.settings if name in clean},
        secrets={name: clean[name] for name in kind.secrets if name in clean},
    )
    check_place(place)
    return place


def _without_scheme(clean: dict[str, str], *, takes_tls: bool) -> str:
    """Return an address as host:port, also where it was copied from a browser: its https says that TLS is meant."""
    scheme, mark, rest = clean.get("address", "").partition("://")
    if not mark or scheme.lower() not in {"http", "https"}:
        return clean.get("address", "")
    if takes_tls and scheme.lower() == "https":
        clean.setdefault("tls", "1")
    return rest.rstrip("/")


def check_place(place: Place, *, patience: int = 20) -> None:
    """Make the engine once and throw it away; raises Refusal `bad_engine` with what its client says."""
    url = _url(place, patience)
    try:
        check_host(url)
    except ValueError as error:
        raise _bad(str(error), "address") from None
    try:
        new_engine(url)
    except ValueError as error:
        raise _bad(str(error)) from None


def check_host(url: str) -> None:
    """Raise ValueError for a machine that a workspace may not have asked."""
    host = urlsplit(url).hostname or ""
    if not is_reachable_for_workspaces(host):
        words = _(
            "%(host)s is on a private network: whoever runs this installation names it in %(setting)s first."
        )
        raise ValueError(words % {"host": host, "setting": "TRANSLATOR_OURS"})


def url_of(account: VendorAccount) -> str:
    """Return the URL, secrets and all, from which the client of an account is made; for this process only."""
    place = Place(account.vendor, account.address, account.settings, vendor_secrets(account))
    return _url(place, account.patience)


def _url(place: Place, patience: int) -> str:
    options = {**place.settings, **place.secrets, "timeout": str(patience)}
    query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in options.items())
    return f"{place.vendor}://{place.address}?{query}"


def _bad(words: object, field: str = "") -> Refusal:
    return Refusal(words, code="bad_engine", status=422, details={"field": field} if field else None)
