"""Whether a word of a text is a form of another: inflected, or with what its language writes in one with it.

Snowball's stems decide first. Finnish and Estonian change inside their words, so that what is left without the part
that changes is compared; Arabic and Hebrew write the article in front, Korean its particles behind.
"""

import re
from functools import lru_cache

from dragoman.core.language.terms import PREFIXES, script_of
from dragoman.kit.stems import stems_of
from dragoman.kit.text import fold

# whose words are written together to make new ones
COMPOUNDING = frozenset(("de", "nl", "sv", "da", "nb", "no", "nn", "fi", "et", "hu", "is"))
SHORTEST_PART = 4  # letters of a part of a compound
_LINKS = ("", "s", "es", "n", "en", "e", "er")  # what stands between the parts
_SHORTEST_CORE = 4
_ENDING = {
    "fi": re.compile(
        r"(?:(?:ks|us|ys|kse|ukse|se|en|me|im|ime|aa|a|e|i|t|te|de)*)"
        r"(?:n|t|a|ta|ja|ia|tta|en|in|den|tten|ssa|sta|lla|lta|lle|na|ksi|tta|seen|siin|iin|hin|hen|an|on|un|yn|issa|ista|illa|ilta|ille|aan|"
        r"isiin|isia|ien)?(?:ni|si|nsa|mme|nne|an|en)?(?:kin|kaan|kaa|ko|han|pa)?"
    ),
    "et": re.compile(
        r"(?:u?s|se|e|i|a|u|de|te|ti|ste)*"
        r"(?:d|t|ga|ta|sse|s|st|le|l|lt|ks|ni|na|id|te|de|dega|tega|dele|tele|dest|test|del|tel|desse|tesse)?(?:gi|ki)?"
    ),
}
_PARTICLES = re.compile(
    r"(?:들|님)?(?:은|는|이|가|을|를|의|에|에서|에게|께|로|으로|와|과|도|만|부터|까지|처럼|보다|이나|나|랑|이랑|하고|"
    r"이에요|예요|입니다|이고|인데|이라|라|마다|조차|밖에|에는|에도|에서는|으로는|로는|이라고|라고|요)*"
)
_HEBREW_ENDINGS = re.compile(r"(?:ים|ות|י|ך|ו|ה|נו|כם|ת|יה|יו)?")
_SLAVIC_ENDINGS = re.compile(r"[аеиоуіїєюяйьмхв]{0,4}|ами|ями")
_DERIVED = re.compile(r"(?:ung|ing|heit|keit|heid|schaft)$")
# plurals that Snowball takes for other words
_ROMANCE = {
    "pt": (
        ("m", "ns"),
        ("al", "ais"),
        ("el", "eis"),
        ("il", "is"),
        ("ol", "ois"),
        ("ao", "oes"),
        ("ao", "aes"),
    ),
    "es": (("z", "ces"),),
    "fr": (("al", "aux"), ("ail", "aux"), ("eau", "eaux")),
    "it": (("co", "chi"), ("go", "ghi"), ("ca", "che"), ("ga", "ghe"), ("cia", "ce"), ("gia", "ge")),
}
_SLAVIC = ("pl", "cs", "sk", "uk", "ru")
_HANGUL = re.compile("[\uac00-\ud7af]")


@lru_cache(maxsize=50_000)
def is_form(word: str, term: str, language: str) -> bool:
    """Say whether a word (as written) is the term or a form of it; both are single words."""
    written, sought = fold(word), fold(term)
    if written == sought:
        return True
    tag = language.partition("-")[0]
    if len(sought) < 3 and not _HANGUL.match(sought):
        return False
    if stems_of(word, language) & stems_of(term, language):
        # `korting` and `korte`, `Lieferung` and `lieferte` share a stem, and are not the same thing
        derived = _DERIVED.search(sought) if tag in ("de", "nl") else None
        return derived is None or derived[0] in written[3:]
    if tag in _TURNS:
        return _changes(written, sought, tag)
    if tag == "ko" and _HANGUL.match(sought):
        return written.startswith(sought) and bool(_PARTICLES.fullmatch(written[len(sought) :]))
    if script_of(sought):
        return any(_bare_form(one, other, tag) for one in _bare(written) for other in _bare(sought))
    if tag in ("uk", "bg", "sr") and len(sought) > 3:
        core = re.sub(r"[аеиоуіїєюяйь]$", "", sought)
        return written.startswith(core) and bool(_SLAVIC_ENDINGS.fullmatch(written[len(core) :]))
    if tag in _ROMANCE:
        return any(
            written == sought.removesuffix(end) + other
            for end, other in _ROMANCE[tag]
            if sought.endswith(end)
        )
    return _moved_vowel(written, sought) if tag in _SLAVIC else _doubled(written, sought, tag)


def _changes(written: str, sought: str, tag: str) -> bool:
    """Compare Finnish and Estonian words by what does not change of them."""
    for core in _cores(sought, tag):
        if len(core) < min(_SHORTEST_CORE, len(sought) - 1) or len(core) < 3:
            continue
        if written.startswith(core) and _ENDING[tag].fullmatch(written[len(core) :]):
            return True
    return False


# strong and weak grades of what stands before the last vowel
_FI_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"),
    ("ht", "hd"), ("t", "d"), ("p", "v"), ("k", ""),
)  # fmt: skip
_ET_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("k", "g"), ("p", "b"), ("t", "d"), ("nd", "nn"), ("ld", "ll"),
    ("rd", "rr"), ("ng", "n"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def _cores(sought: str, tag: str) -> tuple[str, ...]:
    """Return what the forms of a Finnish or Estonian word begin with."""
    cores = {sought}
    cut = _TURNS[tag]
    for ending, others in cut:
        if sought.endswith(ending):
            cores |= {sought[: -len(ending)] + other for other in others}
    grades = _FI_GRADES if tag == "fi" else _ET_GRADES
    for strong, weak in grades:
        for one, other in ((strong, weak), (weak, strong)):
            if not one:
                continue
            found = re.fullmatch(rf"(.{{2,}}){one}([aeiouy]{{1,2}}|)", sought)
            if found and (found[2] or tag == "et"):
                cores.add(found[1] + other + found[2])
    return tuple(sorted(cores, key=len, reverse=True))


# how the end of a word turns before its case endings
_TURNS = {
    "fi": (
        ("nen", ("se", "s")), ("us", ("ukse", "uks", "ude", "uute", "uu")),
        ("ys", ("ykse", "yks", "yde", "yyte", "yy")),
        ("os", ("okse", "oks")), ("in", ("ime", "imi", "im")), ("as", ("aa", "ai")), ("is", ("ii",)),
        ("ut", ("ue",)), ("e", ("ee", "ei")), ("i", ("e", "ei", "ie")), ("a", ("o", "oi", "i", "")), ("o", ("oi",)),
        ("u", ("ui",)), ("ton", ("ttoma",)),
    ),
    "et": (
        ("us", ("use", "uste", "usi")), ("is", ("ise", "iste", "isi")), ("ik", ("iku", "ikke")), ("ne", ("se", "sed")),
        ("e", ("", "ede", "ete")), ("", ("i", "a", "u", "e")), ("rt", ("rdi",)), ("el", ("li",)),
    ),
}  # fmt: skip


def _bare(word: str) -> list[str]:
    """Return a word of Arabic or Hebrew as it is, and without what is written before it."""
    prefixes = PREFIXES[script_of(word) or "Arab"]
    rest = [word[len(prefix) :] for prefix in prefixes if word.startswith(prefix)]
    return [word, *(one for one in rest if len(one) >= 3)]


def _bare_form(one: str, other: str, tag: str) -> bool:
    if one == other or stems_of(one, tag) & stems_of(other, tag):
        return True
    if tag == "he":
        return one.startswith(other) and bool(_HEBREW_ENDINGS.fullmatch(one[len(other) :]))
    # broken plurals keep the consonants: a long vowel is put between them
    return len(other) >= 3 and _consonants(one) == _consonants(other) and abs(len(one) - len(other)) <= 1


def _consonants(word: str) -> str:
    return re.sub("[اوي]", "", word[1:-1]).join((word[0], word[-1])) if len(word) > 2 else word


def _moved_vowel(written: str, sought: str) -> bool:
    """Slavic stems lose or gain a vowel before their last consonant: paczka, paczek."""
    if len(sought) < 5 or len(written) < 5:
        return False
    one, other = (re.sub("[aeiouyаеиоуыіяюьй]+$", "", word) for word in (written, sought))
    return one != other and _closed(one) == _closed(other) and one[:4] == other[:4] and len(_closed(one)) > 3


def _closed(stem: str) -> str:
    return re.sub("[eoіео]([^aeiouyаеиоуыіяю])$", r"\1", stem)


def _doubled(written: str, sought: str, tag: str) -> bool:
    """Dutch doubles a consonant or a vowel before an ending: bon, bonnen; factuur, facturen."""
    if tag != "nl" or len(sought) < 4:
        return False
    core = re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", sought)
    return written in {
        core + "en",
        core + "e",
        sought + sought[-1] + "en",
        sought + "je",
        sought + "jes",
        sought + "s",
    }


def compound_parts(word: str) -> list[tuple[int, int]]:
    """Return (start, end) of the pieces of a long word that may be words: its beginnings and its ends."""
    size = len(word)
    if size < SHORTEST_PART + 3:
        return []
    ends = [(0, end) for end in range(size - 3, SHORTEST_PART - 1, -1)]
    starts = [(start, size) for start in range(3, size - SHORTEST_PART + 1)]
    return [*ends, *starts]
