"""Every setting of an installation, read once from the environment or `.env`; a wrong value stops the start.

Documented in docs/settings.md; a test fails when one is not.
"""

import importlib.util
import ipaddress
import os
import re
import secrets
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WrongSetting(Exception):
    """A setting that cannot be used, with its name and what is expected."""


class Environment(BaseSettings):
    """What the installer may set; names are those of docs/settings.md."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        default="",
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 or newer; unset: embedded under DRAGOMAN_HOME",
    )
    home: Path = Field(
        default=Path("var"),
        validation_alias="DRAGOMAN_HOME",
        description="Folder for the database, files and keys",
    )
    secret_key: str = Field(
        default="",
        validation_alias="DRAGOMAN_SECRET_KEY",
        description="At least 32 characters; unset: a file under DRAGOMAN_HOME",
    )
    base_url: str = Field(
        default="",
        validation_alias="DRAGOMAN_BASE_URL",
        description="How people reach this installation, e.g. https://desk.shop.example",
    )
    allowed_hosts: str = Field(
        default="",
        validation_alias="DRAGOMAN_ALLOWED_HOSTS",
        description="More host names, separated by commas",
    )
    trusted_proxies: str = Field(
        default="",
        validation_alias="DRAGOMAN_TRUSTED_PROXIES",
        description="Addresses of proxies whose X-Forwarded-* count",
    )
    storage_url: str = Field(
        default="",
        validation_alias="STORAGE_URL",
        description="Files: unset is a folder under DRAGOMAN_HOME, or s3://bucket/prefix",
    )
    mail_url: str = Field(
        default="",
        validation_alias="MAIL_URL",
        description="Outgoing mail: smtp://, smtps://, lmtp:// or folder:///path",
    )
    mail_listen: str = Field(
        default="",
        validation_alias="MAIL_LISTEN",
        description="Receive mail: smtp://127.0.0.1:8025 or lmtp://127.0.0.1:8024",
    )
    mail_from: str = Field(
        default="",
        validation_alias="MAIL_FROM",
        description="Sender of our own mails (invitations, passwords)",
    )
    dns_server: str = Field(
        default="",
        validation_alias="DNS_SERVER",
        description="Whom to ask for a mail domain's records; unset: as this machine does",
    )
    translator_url: str = Field(
        default="",
        validation_alias="TRANSLATOR_URL",
        description="Translation engines in order of preference, space separated",
    )
    reference_rates_url: str = Field(
        default="",
        validation_alias="REFERENCE_RATES_URL",
        description="Where the euro reference rates are read each day; unset: only from files",
    )
    meaning: bool = Field(
        default=True,
        validation_alias="MEANING",
        description="Compare texts by what they mean, where the model for it is installed",
    )
    llm_url: str = Field(
        default="",
        validation_alias="LLM_URL",
        description="An OpenAI-compatible server: llm://host:port/v1?model=NAME",
    )
    translator_ours: str = Field(
        default="",
        validation_alias="TRANSLATOR_OURS",
        description="Hosts and networks of engines that belong to the house: mt.lan, 10.0.0.0/8",
    )
    shops_ours: str = Field(
        default="",
        validation_alias="SHOPS_OURS",
        description="Hosts and networks of shops that belong to the house: shop.lan, 10.0.0.0/8",
    )
    demo: bool = Field(
        default=False,
        validation_alias="DRAGOMAN_DEMO",
        description="Show the demo shop and its log-ins (loopback only)",
    )
    debug: bool = Field(
        default=False,
        validation_alias="DRAGOMAN_DEBUG",
        description="For developers: reload templates, show errors",
    )
    events_keep_days: int = Field(
        default=400,
        ge=1,
        validation_alias="DRAGOMAN_EVENTS_KEEP_DAYS",
        description="How long told events are kept, in days",
    )
    pool_size: int = Field(
        default=12,
        ge=2,
        le=500,
        validation_alias="DRAGOMAN_POOL_SIZE",
        description="Database connections a process may hold",
    )

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"postgres", "postgresql"}:
            raise ValueError("must start with postgresql://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _secret(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have at least 32 characters")
        return value

    @field_validator("base_url")
    @classmethod
    def _base(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must be a full address such as https://desk.shop.example")
        return value.rstrip("/")

    @field_validator("mail_url")
    @classmethod
    def _mail(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"smtp", "smtps", "lmtp", "folder"}:
            raise ValueError("must start with smtp://, smtps://, lmtp:// or folder://")
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        name, _, domain = parseaddr(value)[1].rpartition("@")
        if value and not (name and domain):
            raise ValueError("must be an address such as desk@shop.example or Kaisla <desk@shop.example>")
        return value

    @field_validator("mail_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "lmtp"} or not parts.port):
            raise ValueError("must look like smtp://127.0.0.1:8025 or lmtp://127.0.0.1:8024")
        return value

    @field_validator("dns_server")
    @classmethod
    def _names(cls, value: str) -> str:
        try:
            parts = urlsplit(f"//{value}")
            if value and parts.port != 0:
                ipaddress.ip_address(parts.hostname or "")
        except ValueError:
            raise ValueError("must be an address such as 9.9.9.9, 127.0.0.1:5353 or [2620:fe::fe]") from None
        return value

    @field_validator("translator_url", "llm_url")
    @classmethod
    def _engines(cls, value: str) -> str:
        if value:
            # only where one is set: the engines' libraries are no matter for a light command
            importlib.import_module("dragoman.ground.providers.translation.choose").engines_for(value)
        return value

    @field_validator("translator_ours")
    @classmethod
    def _houses(cls, value: str) -> str:
        for named in re.split(r"[\s,]+", value.strip()):
            if named and not re.fullmatch(r"[A-Za-z0-9.:_-]+(?:/\d{1,3})?", named):
                raise ValueError(f"must hold hosts or networks such as mt.lan or 10.0.0.0/8, not {named}")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, value: str) -> str:
        for address in filter(None, (part.strip() for part in value.split(","))):
            try:
                ipaddress.ip_network(address, strict=False)
            except ValueError:
                raise ValueError(
                    f"must hold addresses or networks such as 10.0.0.0/8, not {address}"
                ) from None
        return value

    @field_validator("mail_url", "storage_url")
    @classmethod
    def _named(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not (parts.netloc or parts.path.strip("/")):
            raise ValueError("must name a server, bucket or folder after its ://")
        return value

    @field_validator("storage_url")
    @classmethod
    def _storage(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"file", "s3"}:
            raise ValueError("must start with file:// or s3://")
        if value.startswith("s3://") and importlib.util.find_spec("boto3") is None:
            raise ValueError("with s3:// needs one more package: pip install 'dragoman[s3]'")
        return value

    @field_validator("home")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def has_own_secret(self) -> bool:
        """Say whether the secret key was set rather than made up here."""
        return bool(self.secret_key)

    def secret(self) -> str:
        """Return the secret key, from its file (made at the first start, 0600) where it is not set."""
        if self.secret_key:
            return self.secret_key
        path = self.home / "secret.key"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            # link, not rename: of two first starts at once the first one's key stays
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            draft.unlink()
        return path.read_text().strip()


# what is wrong in pydantic's words -> what is expected in ours
_EXPECTED = {
    "int_parsing": "must be a whole number",
    "bool_parsing": "must be 1 or 0",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the checked settings; raises WrongSetting naming the first wrong one."""
    try:
        return Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "A setting"
        words = _EXPECTED.get(first["type"], str(first["msg"]).removeprefix("Value error, "))
        raise WrongSetting(f"{name} {words.format(**first.get('ctx', {}))}.") from None
