"""How a mailbox is reached; what may be shown and what is sealed part here."""

from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import hidden_of, secrets_of

SHOWN = (
    "imap_host",
    "imap_port",
    "imap_security",
    "imap_user",
    "imap_folder",
    "token_url",
    "client_id",
    "scope",
)
SEALED = ("imap_password", "client_secret", "refresh_token", "access_token")
TOKENS = ("client_secret", "refresh_token", "access_token")
KEPT = _("Leave it empty to keep the one we have.")


def _plain(label: Any, *, help_text: Any = "", length: int = 200, mark: str = "off") -> forms.CharField:
    attributes = {"autocomplete": mark, "spellcheck": "false", "dir": "ltr", "autocapitalize": "off"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        help_text=help_text,
        widget=forms.TextInput(attrs=attributes),
    )


def _secret(label: Any, length: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )


class MailboxForm(forms.Form):
    """Incoming and outgoing mail of one address; empty secrets keep the stored ones."""

    way_in = forms.ChoiceField(
        label=_("How mail comes in"),
        choices=[
            ("imap", _("We fetch it from a mailbox (IMAP)")),
            ("listen", _("A mail server hands it over to us (SMTP or LMTP)")),
        ],
        widget=forms.RadioSelect,
        initial="imap",
    )
    imap_host = _plain(_("Server"), help_text=_("Such as imap.shop.example"))
    imap_port = forms.IntegerField(label=_("Port"), required=False, min_value=1, max_value=65535)
    imap_security = forms.ChoiceField(
        label=_("Security"),
        required=False,
        choices=[("tls", _("TLS (usual, 993)")), ("starttls", _("STARTTLS (143)")), ("none", _("None"))],
    )
    imap_user = _plain(_("User name"))
    imap_folder = _plain(_("Folder"), help_text=_("Empty: the inbox."))
    mark_seen = forms.BooleanField(label=_("Mark mails as read once they are stored"), required=False)
    log_in = forms.ChoiceField(
        label=_("How we log in"),
        choices=[("password", _("With a password")), ("oauth", _("With tokens (Google, Microsoft)"))],
        widget=forms.RadioSelect,
        initial="password",
    )
    imap_password = _secret(_("Password"))
    token_url = _plain(_("Token address"), help_text=_("Such as https://oauth2.googleapis.com/token"))
    client_id = _plain(_("Client id"), length=400)
    client_secret = _secret(_("Client secret"))
    refresh_token = _secret(_("Refresh token"))
    scope = _plain(_("Scope"), length=400)
    way_out = forms.ChoiceField(
        label=_("How mail goes out"),
        choices=[
            ("installation", _("By this installation's mail server")),
            ("own", _("By an SMTP server of its own")),
        ],
        widget=forms.RadioSelect,
        initial="installation",
    )
    smtp_host = _plain(_("Server"), help_text=_("Such as smtp.shop.example"))
    smtp_port = forms.IntegerField(label=_("Port"), required=False, min_value=1, max_value=65535)
    smtp_security = forms.ChoiceField(
        label=_("Security"),
        required=False,
        choices=[("tls", _("TLS (465)")), ("starttls", _("STARTTLS (usual, 587)")), ("none", _("None"))],
        initial="starttls",
    )
    smtp_user = _plain(_("User name"))
    smtp_password = _secret(_("Password"))

    def __init__(self, *args: Any, stored: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = stored or {}
        for name in (*SEALED, "smtp_password"):
            if name in self.fields and self.stored.get(name):
                self.fields[name].help_text = KEPT

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen ways need."""
        facts = super().clean() or {}
        if facts.get("way_in") == "imap":
            self._need("imap_host", "imap_user")
            if facts.get("log_in") == "oauth":
                self._need("token_url", "refresh_token")
            else:
                self._need("imap_password")
        if facts.get("way_out") == "own":
            self._need("smtp_host")
        token_url = str(facts.get("token_url") or "")
        if token_url and urlsplit(token_url).scheme != "https":
            self.add_error("token_url", _("It begins with https://"))
        return facts

    def _need(self, *names: str) -> None:
        for name in names:
            if not self.value_of(name) and name not in self.errors:
                self.add_error(name, _("This is needed."))

    def value_of(self, name: str) -> str:
        """Return what was typed, or the stored secret where nothing was."""
        typed = str(self.cleaned_data.get(name) or "").strip()
        return typed or (self.stored.get(name, "") if name in (*SEALED, "smtp_password") else "")

    def settings(self) -> dict[str, str]:
        """Return what may be shown again."""
        found: dict[str, str] = {}
        if self.cleaned_data["way_in"] == "imap":
            with_tokens = self.cleaned_data["log_in"] == "oauth"
            names = [name for name in SHOWN if with_tokens or name not in {"token_url", "client_id", "scope"}]
            found = {name: self.value_of(name) for name in names if self.value_of(name)}
            if self.cleaned_data["mark_seen"]:
                found["mark_seen"] = "1"
        if self.cleaned_data["way_out"] == "own":
            found["smtp"] = self._smtp_url("")
        return found

    def secrets(self) -> dict[str, str]:
        """Return what is sealed."""
        found: dict[str, str] = {}
        if self.cleaned_data["way_in"] == "imap":
            names = TOKENS if self.cleaned_data["log_in"] == "oauth" else ("imap_password",)
            found = {name: self.value_of(name) for name in names if self.value_of(name)}
        if self.cleaned_data["way_out"] == "own" and self.value_of("smtp_password"):
            found["smtp"] = self._smtp_url(self.value_of("smtp_password"))
        return found

    def _smtp_url(self, password: str) -> str:
        security = self.cleaned_data["smtp_security"] or "starttls"
        port = self.cleaned_data["smtp_port"] or {"tls": 465, "starttls": 587, "none": 25}[security]
        user = quote(self.value_of("smtp_user"), safe="")
        secret = f":{quote(password, safe='')}" if password else ""
        scheme, query = {
            "tls": ("smtps", ""),
            "starttls": ("smtp", "?starttls=1"),
            "none": ("smtp", "?starttls=0"),
        }[security]
        return f"{scheme}://{f'{user}{secret}@' if user else ''}{self.value_of('smtp_host')}:{port}{query}"


class NewMailboxForm(MailboxForm):
    """The same with what cannot change later: the address and its brand."""

    address = forms.EmailField(
        label=_("Address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=None)
    field_order = ("address", "brand")


def stored_in(box: Connection) -> dict[str, str]:
    """Return the secrets of a mailbox under the names of the form's fields."""
    known = secrets_of(box)
    found = {name: known[name] for name in SEALED if known.get(name)}
    password = urlsplit(known.get("smtp", "")).password
    return {**found, "smtp_password": unquote(password)} if password else found


def shown_in(box: Connection) -> dict[str, Any]:
    """Return the form's first values for a mailbox, without any secret."""
    known, smtp = dict(box.settings), urlsplit(str(box.settings.get("smtp", "")))
    security = "tls" if smtp.scheme == "smtps" else "none" if "starttls=0" in smtp.query else "starttls"
    return {
        **{name: known.get(name, "") for name in SHOWN},
        "mark_seen": bool(known.get("mark_seen")),
        "way_in": "imap" if known.get("imap_host") else "listen",
        "log_in": "oauth" if known.get("token_url") else "password",
        "way_out": "own" if smtp.hostname else "installation",
        "smtp_host": smtp.hostname or "",
        "smtp_port": smtp.port if smtp.hostname else None,
        "smtp_security": security,
        "smtp_user": unquote(smtp.username or ""),
    }


# what other pages of a mailbox store and this form must not lose
_OF_OTHERS = (
    "dkim_selector",
    "dkim_domain",
    "dkim_check",
    "authserv_id",
    "smime_trust",
    "smime_certificate",
    "pgp_keys",
)
_OF_FETCHED = ("vendor", "user")
_HIDDEN_OF_OTHERS = ("dkim_key", "smime_key")


def kept_settings(box: Connection, form: MailboxForm) -> dict[str, str]:
    """Return the settings that the form does not know; a forwarded mailbox stays one until it is fetched."""
    is_fetched = form.cleaned_data["way_in"] == "imap"
    names = (*_OF_OTHERS, *(_OF_FETCHED if is_fetched else ("forward",)))
    return {name: str(box.settings[name]) for name in names if box.settings.get(name)}


def kept_secrets(box: Connection) -> dict[str, str]:
    """Return the secrets that the form does not know."""
    return {name: value for name, value in hidden_of(box).items() if name in _HIDDEN_OF_OTHERS}
