"""Which script a text is written in, and which languages are written in it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from dragoman.kit.tags import base, normalise

# ISO 15924 code -> the characters that count for it.
_RANGES = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u0750-\u077f",
    "Hebr": "\u05d0-\u05ea",
    "Thai": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "Hang": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Kana": "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff",
    "Hani": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "Deva": "\u0904-\u0963\u0971-\u097f",
    "Geor": "\u10a0-\u10ff",
    "Armn": "\u0531-\u0587",
    "Laoo": "\u0e81-\u0ede",
    "Khmr": "\u1780-\u17d3",
    "Mymr": "\u1000-\u109f",
    "Beng": "\u0980-\u09ff",
    "Taml": "\u0b80-\u0bff",
}
_LETTERS = {script: re.compile(f"[{characters}]") for script, characters in _RANGES.items()}
_ALL_LATIN = re.compile(rf"[\W\d_{_RANGES['Latn']}]*")

# Scripts that one language of our customers owns: seeing them is knowing.
SOLE_LANGUAGE = {
    "Thai": "th", "Hebr": "he", "Hang": "ko", "Kana": "ja", "Deva": "hi", "Grek": "el", "Geor": "ka",
    "Armn": "hy", "Laoo": "lo", "Khmr": "km", "Mymr": "my", "Beng": "bn", "Taml": "ta",
}  # fmt: skip
_SCRIPT_OF = {language: script for script, language in SOLE_LANGUAGE.items()} | {
    "ja": "Jpan", "zh": "Hani", "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "ru": "Cyrl",
    "uk": "Cyrl", "bg": "Cyrl", "be": "Cyrl", "mk": "Cyrl", "sr": "Cyrl", "kk": "Cyrl", "mn": "Cyrl",
    "yi": "Hebr", "mr": "Deva", "ne": "Deva",
}  # fmt: skip

# Brand names are Latin everywhere, so that a small share of another script decides.
_FOREIGN_SHARE = 0.2
_KANA_SHARE = 0.1
# Frequent characters that only one of the two written Chineses has.
_SIMPLIFIED = frozenset(
    "这个们来时说国为会对后么还没过里请问吗订单货发给单买钱样师东车长书电话图现实际经题应张总"
)
_TRADITIONAL = frozenset(
    "這個們來時說國為會對後麼還沒過裡請問嗎訂單貨發給買錢樣師東車長書電話圖現實際經題應張總"
)


def main_script(text: str) -> str:
    """Return the ISO 15924 code of the script that decides a text's language; "" without letters."""
    if _ALL_LATIN.fullmatch(text):
        return "Latn" if _LETTERS["Latn"].search(text) else ""
    counts = Counter({script: len(letter.findall(text)) for script, letter in _LETTERS.items()})
    counts += Counter()  # drops the zeros
    if not counts:
        return "Zyyy" if any(character.isalpha() for character in text) else ""
    kana, han = counts["Kana"], counts["Hani"]
    if kana and kana >= _KANA_SHARE * (kana + han):
        counts["Kana"] += han
        del counts["Hani"]
    total = counts.total()
    for script, count in counts.most_common():
        if script != "Latn" and count >= _FOREIGN_SHARE * total:
            return script
    return counts.most_common(1)[0][0]


@lru_cache(maxsize=4096)
def is_written_in(tag: str, script: str) -> bool:
    """Tell whether a language is commonly written in a script."""
    subtags = [part for part in normalise(tag).split("-")[1:] if len(part) == 4]
    own = _SCRIPT_OF.get(base(tag), "Latn")
    if own == "Jpan":
        return script in ("Kana", "Hani")
    if subtags and subtags[0] in _RANGES:
        own = subtags[0]
    return own == script


def written_in(script: str, languages: Sequence[str]) -> list[str]:
    """Return the languages, in their order, that are commonly written in a script."""
    return [tag for tag in languages if is_written_in(tag, script)]


def has_own_script(tag: str) -> bool:
    """Say whether it is a language whose letters, other than Latin ones, are known."""
    return base(tag) in _SCRIPT_OF


def chinese_form(text: str) -> str:
    """Return `zh-Hant` or `zh-Hans` by the characters that only one of them has; `zh` when none tells."""
    simplified = sum(character in _SIMPLIFIED - _TRADITIONAL for character in text)
    traditional = sum(character in _TRADITIONAL - _SIMPLIFIED for character in text)
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"
