"""Postal addresses: a street with its house number, and the postcode and place beside it where they are written.

Only what is plainly one is found: a word for a street, a name and a number in the order of their language.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.core.language.entities.found import Entity
from dragoman.kit.tags import base

_NAME = r"[^\W\d_][^\W\d_.'’-]*[.'’-]?[^\W\d_]*"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΆ-ΫА-ЯЁІЇЄҐ]"
_NUMBER = r"\d{1,4}(?:\s?[-–/]\s?\d{1,4})?\s?[A-Za-z]?(?![\w-])"

# `Hauptstraße 5`: the word for a street is the end of its name
_GLUED = {
    "de": r"stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|ufer|chaussee",
    "nl": r"straat|laan|weg|plein|kade|gracht|dijk|singel|hof",
    "sv": r"gatan|vägen|stigen|gränd|torget|backen",
    "da": r"gade|vej|allé|stræde|vænget|torvet|plads",
    "nb": r"gata|gate|gaten|veien|vegen|vei|veg|plassen|allé",
    "fi": r"katu|kadun|tie|kuja|polku|kaari|tori|väylä|raitti|rinne",
}
# `Mannerheimintie 5`, `Pärnu mnt 12`, `Kossuth Lajos utca 3`, `Bağdat Caddesi No: 4`: it stands after the name
_AFTER = {
    "en": (
        r"Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.?|Close|Court|Crescent|Terrace|Boulevard|"
        r"Blvd\.?|Square"
    ),
    "et": r"tänav|tn\.?|tee|mnt\.?|maantee|puiestee|pst\.?",
    "hu": r"utca|u\.|út|útja|tér|körút|krt\.|köz|sétány",
    "tr": r"(?:[Ss]okak|[Ss]okağı|[Ss]ok\.|[Ss]k\.|[Cc]adde(?:si)?|[Cc]ad\.|[Bb]ulvarı|[Bb]ulv\.)",
}
# `via Roma 5`, `ul. Długa 3`: it stands before
_BEFORE = {
    "it": r"via|viale|piazza|corso|vicolo|largo|strada",
    "es": r"calle|c/|avenida|avda\.?|av\.|plaza|paseo|camino|carrera|ronda",
    "pt": r"rua|r\.|avenida|av\.?|travessa|alameda|praça|estrada|rodovia",
    "pl": r"ul\.|ulica|ulicy|ulicę|al\.|aleja|os\.|osiedle|pl\.|plac",
    "ro": r"str\.|strada|bd\.|bulevardul|b-dul|aleea|calea|șoseaua|sos\.",
    "ru": r"ул\.|улица|улице|улицу|пр-т|проспект|проспекте|пер\.|переулок|ш\.|шоссе|бульвар",
    "uk": r"вул\.|вулиця|вулиці|вулицю|просп\.|проспект|пров\.|провулок|бульвар",
    "el": r"οδός|οδού|οδό|οδ\.|λεωφόρος|λεωφ\.|λ\.|πλατεία",
    "vi": r"đường|đ\.|phố|ngõ|hẻm",
}
# `12 rue de la Paix`: number first
_FIRST = {"fr": r"rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours|square"}
# scripts of their own, or streets without a name
_WHOLE = {
    "ja": (
        r"(?:〒?\s?\d{3}-\d{4}\s*)?(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)[一-龥ぁ-んァ-ヶー]{1,12}?[市区町村郡]"
        r"[一-龥ぁ-んァ-ヶーA-Za-z0-9０-９]{1,20}?(?:[0-9０-９]+(?:丁目|番地?|号|[-－‐ー−])?){1,5}"
    ),
    "zh": (
        r"(?:[一-龥]{2,8}(?:省|自治区))?[一-龥]{2,8}市(?:[一-龥]{1,8}[区县市])?[一-龥]{1,12}(?:路|街|大道|巷|弄)"
        r"\d{1,5}号(?:\d{1,4}(?:号楼|栋|单元|室)){0,3}"
    ),
    "ko": (
        r"(?:[가-힣]{2,7}(?:시|도)\s)?(?:[가-힣]{1,6}(?:시|군|구)\s){1,2}(?:[가-힣]{1,6}(?:읍|면)\s)?"
        r"[가-힣0-9]{1,12}(?:로|길)\s\d{1,4}(?:-\d{1,3})?(?:\s\d{1,4}동)?(?:\s\d{1,4}호)?"
    ),
    "th": (
        r"(?:บ้านเลขที่|เลขที่)?\s?\d{1,4}(?:/\d{1,4})?\s?(?:หมู่\s?(?:ที่\s?)?\d{1,2}\s?)?"
        r"(?:ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง)[^\n,]{2,80}?\d{5}(?!\d)"
    ),
    "ar": (
        r"شارع\s[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20}){0,2}\s?،?\s?(?:رقم\s|عمارة\s|مبنى\s|بناية\s)?\d{1,4}(?!\d)"
    ),
    "he": r"(?:רחוב|רח['׳])\s[^\W\d_]{2,15}(?:\s[^\W\d_]{2,15}){0,2}\s\d{1,4}(?!\d)",
    "hi": r"(?:मकान|फ्लैट|प्लॉट)\s(?:नंबर|नं\.?|संख्या)\s?\d{1,5}[^\n।]{3,60}?\d{6}(?!\d)",
    "cs": (
        rf"{_CAPITAL}{_NAME}(?:\s{_NAME}){{0,2}}\s\d{{1,4}}(?:/\d{{1,4}})?[a-z]?,?\s"
        rf"\d{{3}}\s?\d{{2}}\s{_CAPITAL}{_NAME}(?:\s\d{{1,2}})?"
    ),
}
_POSTCODE = {
    "en": r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]{2}\s\d{5}(?:-\d{4})?|\d{4,5}",
    "nl": r"\d{4}\s?[A-Z]{2}",
    "sv": r"\d{3}\s?\d{2}",
    "el": r"\d{3}\s?\d{2}",
    "pl": r"\d{2}-\d{3}",
    "pt": r"\d{5}-\d{3}|\d{4}-\d{3}",
    "da": r"\d{4}",
    "nb": r"\d{4}",
    "hu": r"\d{4}",
    "ro": r"\d{6}",
    "ru": r"\d{6}",
    "vi": r"\d{5,6}",
}
_ANY_POSTCODE = r"\d{5}"
_MOST = 4_000  # characters
# what a sentence says before an address, where nothing stands between them
_LEAD = re.compile(
    r"^[一-龥]{0,6}?(?:改成|改为|改到|寄到|送到|发到|地址是|地址为|住在|[到在是])(?=[一-龥]{2,8}[省市])"
)


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str] | None:
    """Return what an address of a language looks like; None where we know no words for streets."""
    tag = base(language)
    if tag in _WHOLE:
        return re.compile(_WHOLE[tag])
    street = _street(tag)
    if not street:
        return None
    place = rf"{_CAPITAL}{_NAME}(?:[\s-]{_CAPITAL}{_NAME}){{0,2}}"
    code = _POSTCODE.get(tag, _ANY_POSTCODE)
    after = rf"(?:[A-Z]{{1,2}}-)?(?:{code})(?!\d)(?:\s{place})?"
    if tag in ("en", "vi"):
        after = rf"{place},?\s(?:{code})(?!\d)"
    return re.compile(rf"(?<![^\W_]){street}(?:,?\s+(?:{after}))?")


def _street(tag: str) -> str:
    """Return what a street with its number looks like, in the order of a language; "" where it is not known."""
    names = rf"(?:{_CAPITAL}{_NAME}\s)"
    if tag in _GLUED:
        glued = rf"{_CAPITAL}[^\W\d_-]*(?:-[^\W\d_]+)*?(?:{_GLUED[tag]})"
        return rf"{names}{{0,2}}(?:{glued}|{_CAPITAL}{_NAME}\s(?i:{_GLUED[tag]}))\s{_NUMBER}"
    if tag == "en":
        flat = r"(?:(?:Flat|Apt\.?|Unit)\s\w{1,5},?\s)?"
        return rf"{flat}{_NUMBER}\s{names}{{1,3}}(?:{_AFTER[tag]})(?![^\W\d_])"
    if tag in _AFTER:
        return rf"{names}{{1,3}}(?:{_AFTER[tag]})\s(?:[Nn]o\s?[:.]?\s?)?{_NUMBER}"
    if tag == "vi":
        name = rf"{_CAPITAL}{_NAME}(?:\s{_CAPITAL}{_NAME}){{0,3}}"
        return rf"(?:số\s)?\d{{1,4}}(?:/\d{{1,4}})*\s(?i:{_BEFORE[tag]})\s{name}"
    if tag in _BEFORE:
        first = rf"(?:\d{{1,2}}\s(?:de\s)?)?{_CAPITAL}{_NAME}|d[aeoi]s?l?\s"
        number = r"(?:[nN][.rº°]*o?\s?|д\.\s?|дом\s|буд\.\s?)?"
        of = r"(?:d\w{1,3}\s(?:l\w\s)?)?"
        return rf"(?i:{_BEFORE[tag]})\s?{of}(?:{first})(?:\s{_NAME}){{0,4}}?,?\s{number}{_NUMBER}"
    if tag in _FIRST:
        of = r"(?:\s(?:d\w{0,2}[’']?|l[ae’']s?))*"
        name = rf"{_NAME}(?:[\s-]{_CAPITAL}{_NAME}){{0,3}}"
        return rf"\d{{1,4}}\s?(?:bis|ter)?,?\s(?i:{_FIRST[tag]})(?![^\W\d_]){of}\s?{name}"
    return ""


def addresses(text: str, language: str) -> Iterator[Entity]:
    """Yield the postal addresses of a text; the value is one line with single blanks."""
    pattern = _pattern(language)
    if pattern is None or not any(map(str.isdigit, text[:_MOST])):
        return
    for found in pattern.finditer(text[:_MOST]):
        lead = _LEAD.match(found.group())
        start = found.start() + (lead.end() if lead else 0)
        written = text[start : found.end()].rstrip(".,'’- ")
        yield Entity("address", start, start + len(written), written, " ".join(written.split()))
