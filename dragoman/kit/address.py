"""Addresses of people in the one form they are stored and compared in."""

import re
import unicodedata

import phonenumbers

from dragoman.kit.errors import Refusal

_MAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]+@[^@\s<>\"',;:()\[\]\\]+\Z")


def clean(text: str) -> str:
    """Return the text without NUL bytes and lone surrogates, which PostgreSQL cannot hold."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text


def normal_email(value: str) -> str:
    """Return a mail address in lower case and NFKC; raises Refusal `bad_email`."""
    value = unicodedata.normalize("NFKC", clean(value)).strip().lower()
    if len(value) > 254 or not _MAIL.match(value):
        raise Refusal(f"“{value[:80]}” is not an e-mail address.", code="bad_email", status=422)
    return value


def normal_phone(value: str, *, region: str | None = None) -> str:
    """Return a phone number in E.164; raises Refusal `bad_phone` where the country cannot be told."""
    try:
        number = phonenumbers.parse(clean(value), region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refusal(
            f"“{value[:40]}” is not a phone number with its country code, such as +358 40 123 4567.",
            code="bad_phone",
            status=422,
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def region_of_phone(value: str) -> str:
    """Return the country (ISO 3166-1 alpha-2) an E.164 number belongs to, or an empty string."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(value, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def normal_handle(value: str) -> str:
    """Return a handle with outer spaces gone, kept as the channel spells it; raises Refusal `bad_handle`."""
    value = unicodedata.normalize("NFC", clean(value)).strip()
    if not value or len(value) > 254:
        raise Refusal("A handle has 1 to 254 characters.", code="bad_handle", status=422)
    return value
