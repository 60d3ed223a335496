"""Language tags (BCP 47): normalised, matched and known by their direction."""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

# Every language a new workspace has switched on.
LANGUAGES = (
    "en", "fi", "et", "pl", "nl", "th", "de", "fr", "es", "pt-BR", "it", "sv", "da", "nb", "cs", "ro", "hu", "tr",
    "ar", "he", "ru", "uk", "el", "ja", "zh-Hans", "ko", "hi", "vi",
)  # fmt: skip

# Older or looser spellings that vendors and browsers still send.
_ALIASES = {"iw": "he", "in": "id", "ji": "yi", "no": "nb", "nn": "nn", "cmn": "zh", "fil": "tl"}
# codes of territories that are no country's (ISO 3166-1 reserves them, or CLDR made them)
_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
_CHINESE = {"cn": "Hans", "sg": "Hans", "my": "Hans", "tw": "Hant", "hk": "Hant", "mo": "Hant"}
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "ku-Arab"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"})


@lru_cache(maxsize=2048)
def normalise(tag: str) -> str:
    """Return the tag in canonical case with today's subtags; "" for an empty or unreadable one.

    `PT_br` gives `pt-BR`, `no` gives `nb`, `zh-TW` gives `zh-Hant`.
    """
    parts = [part for part in tag.strip().replace("_", "-").split("-") if part]
    if not parts or not all(part.isascii() and part.isalnum() for part in parts):
        return ""
    first = parts[0].lower()
    if not 2 <= len(first) <= 3 or not first.isalpha():
        return ""
    first = _ALIASES.get(first, first)
    script, region = "", ""
    for part in parts[1:]:
        if len(part) == 1:
            break  # extensions and private use say nothing about which text to show
        if len(part) == 4 and part.isalpha() and not script:
            script = part.title()
        elif not region and ((len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit())):
            region = part.upper()
    if first == "zh" and region.lower() in _CHINESE:
        script, region = script or _CHINESE[region.lower()], ""
    return "-".join(part for part in (first, script, region) if part)


@lru_cache(maxsize=2048)
def is_known(tag: str) -> bool:
    """Say whether there are such a language and, if the tag has one, region: `xx` and `pt-ZZ` are none."""
    parts = normalise(tag).split("-")
    regions = [part for part in parts[1:] if len(part) != 4]
    world = Locale("en")
    return parts[0] in world.languages and all(
        is_market(one) or (len(one) == 3 and one in world.territories) for one in regions
    )


def is_market(code: str) -> bool:
    """Say whether it is the code of a country (ISO 3166-1 alpha-2, and Kosovo's XK)."""
    wanted = code.upper()
    return len(wanted) == 2 and wanted not in _NO_COUNTRIES and wanted in Locale("en").territories


def base(tag: str) -> str:
    """Return the language alone (`pt-BR` -> `pt`)."""
    return normalise(tag).partition("-")[0]


def match(tag: str, available: Iterable[str]) -> str | None:
    """Return the member of `available` that serves a reader of `tag`, or None.

    Exact, then base, then any sibling: `pt` finds `pt-BR`, `de-AT` finds `de`, `pt-PT` finds `pt-BR`.
    The member comes back as it was written.
    """
    wanted = normalise(tag)
    if not wanted:
        return None
    options = [(option, normalise(option)) for option in available]
    first = wanted.partition("-")[0]
    for option, known in options:
        if known == wanted:
            return option
    for option, known in options:
        if known == first:
            return option
    # Two written languages share the base zh: simplified is the one meant when nothing is said.
    siblings = sorted(
        (option for option, known in options if known.partition("-")[0] == first),
        key=lambda option: first == "zh" and not normalise(option).startswith("zh-Hans"),
    )
    return siblings[0] if siblings else None


def same(one: str, other: str) -> bool:
    """Tell whether a reader of one tag reads the other too: `pt`, `pt-BR`; not `zh-Hans`, `zh-Hant`."""
    left, right = normalise(one), normalise(other)
    if not left or left.partition("-")[0] != right.partition("-")[0]:
        return False
    if left.startswith("zh"):
        return ("Hant" in left) == ("Hant" in right)
    return True


def direction(tag: str) -> str:
    """Return `rtl` or `ltr`."""
    parts = normalise(tag).split("-")
    scripts = [part for part in parts[1:] if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT else "ltr"


def settle(tag: str, available: Iterable[str]) -> str:
    """Return a stated tag to store: a bare language as `available` writes it (`pt` is `pt-BR`), a variant as stated."""
    wanted = normalise(tag)
    if "-" in wanted:
        return wanted
    return match(wanted, available) or wanted
