"""New text told from quoted text: linear in the length of the mail, and nothing is ever thrown away.

Written by hand because the library for it (mail-parser-reply) searches with patterns whose time grows with
the square of a line's length: a 6 kB line took over a second here, and anyone may send one.
"""

import re
from dataclasses import dataclass

from dragoman.ground.channels.email.quote_words import FORWARDED, FROM, NEXT_TO_FROM, OPENERS, RULES, WROTE
from dragoman.ground.channels.email.signatures import cut_signature

MAX_ATTRIBUTION = 400
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff*]")
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{2,}")
NUMBERED = re.compile(r"\d{1,2}[:.]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}|[٠-٩]{1,4}|[๐-๙]{1,4}")
DATE_AND_TIME = re.compile(r"(?=.*(?:\d{4}|\d{1,2}[./-]\d{1,2}))(?=.*\d{1,2}[:.]\d{2})")
RULE = re.compile(r"^[-_=*—–\s]{0,40}([^-_=—–\s].{2,50}?)[-_=*—–\s]{0,40}$")
LABEL = re.compile(r"^\s{0,8}([^:：\d@<>]{1,24}?)\s?[:：]")
WROTE_WORDS = tuple(sorted({word.strip() for word in WROTE if word.strip()}, key=len, reverse=True))
# "---- Aino wrote ----": a verb between dashes on both sides, as phones write it
DASHED = re.compile(r"^-{2,20}\s?([^-].{2,200}?[^-])\s?-{2,20}:?$")
BRACKETED = re.compile(r"<(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]{2,253}>")
# "2011/4/7 Aino <aino@example.fi>", as Gmail wrote for years
DATED = re.compile(r"^\d{4}[/-]\d{1,2}[/-]\d{1,2}\b.{0,200}<[^\s<>@]{1,64}@[^\s<>@]{2,253}>$")
ON_THE_LINE = re.compile(
    r"(?<=[^\s>|])[ \t]+(?=On [A-Z][a-z]{2}[^\n]{8,200}\b\d{1,2}:\d{2}[^\n]{1,200}\bwrote:$)"
)
BARE_LINK = re.compile(r"^\s*[(<\[]?https?://\S{1,2000}\s*>?\s*$")
FROM_WORDS = frozenset(word.strip() for word in FROM)
NEXT_WORDS = frozenset(word.strip() for word in NEXT_TO_FROM)
RULE_WORDS = frozenset(word.strip() for word in RULES)


@dataclass(frozen=True)
class Split:
    """The new text and what it quotes; together they hold every line of the mail."""

    text: str
    quoted: str


def split(text: str) -> Split:
    """Divide a plain text body; a mail that is nothing but quotation stays whole in `text`."""
    lines = _apart(text).split("\n")
    kinds = _kinds(lines)
    if "q" not in kinds:
        return _signed(text.strip(), "")
    if _is_interleaved(lines, kinds):
        # Answers between the lines mean nothing without the lines: only the tail is folded.
        last_new = max(i for i, kind in enumerate(kinds) if kind == "n" and lines[i].strip())
        kinds = ["n"] * (last_new + 1) + kinds[last_new + 1 :]
    new = "\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind == "n").strip()
    old = "\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind == "q").strip("\n")
    if not new:
        return Split(text.strip(), "")
    return _signed(re.sub(r"\n{3,}", "\n\n", new), old.strip())


def _apart(text: str) -> str:
    """Put an attribution that stands behind the writer's last words on a line of its own."""
    if "wrote:" not in text:
        return text
    return "\n".join(
        ON_THE_LINE.sub("\n", line)
        if line.rstrip().endswith("wrote:") and len(line) < MAX_ATTRIBUTION
        else line
        for line in text.split("\n")
    )


def _signed(new: str, old: str) -> Split:
    """Fold the signature away with the quotation, above it as it stood."""
    body, signature = cut_signature(new)
    return Split(body.strip(), "\n\n".join(piece for piece in (signature, old) if piece))


def is_attribution(line: str) -> bool:
    """Say whether one (unwrapped) line names who wrote what follows and when."""
    plain = _plain(line)
    if not plain or len(plain) > MAX_ATTRIBUTION:
        return False
    if dashed := DASHED.match(plain):
        return _has_verb(dashed[1])
    if not plain.endswith((":", "：", "写道", "寫道")):
        return False
    if not NUMBERED.search(plain):
        return plain[0].isalnum() and BRACKETED.search(plain) is not None and _has_verb(plain)
    has_verb = _has_verb(plain)
    if ADDRESS.search(plain):
        return has_verb or DATE_AND_TIME.search(plain) is not None
    return has_verb and (DATE_AND_TIME.search(plain) is not None or plain.startswith(OPENERS))


def _has_verb(plain: str) -> bool:
    """Look for a verb near either end of the line, as whole words where the script has word gaps."""
    for word in WROTE_WORDS:
        at = plain.find(word)
        if at < 0:
            continue
        before, after = plain[at - 1 : at], plain[at + len(word) : at + len(word) + 1]
        if word.isascii() and (before.isalpha() or after.isalpha()):
            continue
        return True
    return False


def _plain(line: str) -> str:
    return " ".join(INVISIBLE.sub("", line).split()).lower()


def _kinds(lines: list[str]) -> list[str]:
    """Name each line `n` (new) or `q` (quoted)."""
    kinds = ["n"] * len(lines)
    at = 0
    while at < len(lines):
        if _is_quoted(lines[at]):
            kinds[at] = "q"
            at += 1
        elif _opens_block(lines, at):
            marked = _marked_after_block(lines, at)
            if marked is None:
                kinds[at:] = ["q"] * (len(lines) - at)
                break
            kinds[at:marked] = ["q"] * (marked - at)
            at = marked
        elif length := _attribution_length(lines, at):
            begin, at = at, at + length
            following = next((line for line in lines[at : at + 4] if line.strip()), "")
            if not following.lstrip().startswith(">"):
                kinds[begin:] = ["q"] * (len(lines) - begin)
                break
            kinds[begin:at] = ["q"] * length
        else:
            at += 1
    _fill_gaps(lines, kinds)
    return kinds


def _is_quoted(line: str) -> bool:
    """A line with a mark before it; ">>> Look here <<<" and an mbox's ">From " are none."""
    bare = line.lstrip()
    return bare.startswith(">") and not bare.startswith(">From ") and not bare.rstrip().endswith("<<<")


def _fill_gaps(lines: list[str], kinds: list[str]) -> None:
    """Blank lines and wrapped links between two quoted lines belong to the quotation."""
    last = -1
    for i, kind in enumerate(kinds):
        if kind != "q" and lines[i].strip() and not BARE_LINK.match(lines[i]):
            last = -1
        elif kind == "q":
            if last >= 0:
                kinds[last + 1 : i] = ["q"] * (i - last - 1)
            last = i


def _attribution_length(lines: list[str], at: int) -> int:
    """Return how many lines (1-3) from `at` make an attribution, wrapped by the sender's program, or 0."""
    if not lines[at].strip() or len(lines[at]) > MAX_ATTRIBUTION:
        return 0
    joined = ""
    for length in (1, 2, 3):
        if at + length > len(lines):
            return 0
        line = lines[at + length - 1]
        if not line.strip() or len(line) > MAX_ATTRIBUTION or line.lstrip().startswith(">"):
            return 0
        joined += " " + line
        if length == 1 and _is_above_quotation(lines, at):
            return 1
        if is_attribution(joined):
            return length if length == 1 or _belongs(lines[at : at + length]) else 0
    return 0


def _is_above_quotation(lines: list[str], at: int) -> bool:
    """Say whether a line that names little ("Aino wrote:") stands right above marked lines."""
    if not _is_quoted(next((each for each in lines[at + 1 : at + 3] if each.strip()), "")):
        return False
    plain = _plain(lines[at])
    return DATED.match(plain) is not None or (plain.endswith((":", "：")) and _has_verb(plain))


def _belongs(window: list[str]) -> bool:
    """Say whether the first line of a wrapped attribution is part of it or the writer's own."""
    plain, rest = _plain(window[0]), _plain(" ".join(window[1:]))
    if is_attribution(rest):
        return plain.startswith(OPENERS) and not rest.startswith(OPENERS)
    numbered = NUMBERED.search(plain) is not None
    return numbered or plain.startswith(OPENERS) or ADDRESS.search(plain) is not None


def _opens_block(lines: list[str], at: int) -> bool:
    """Say whether a rule ("-----Original Message-----") or a copied header block begins here."""
    plain = _plain(lines[at])
    if not plain or len(plain) > 200:
        return False
    if plain in FORWARDED:
        return True
    if lines[at].lstrip().startswith(("-", "_", "=", "—", "–")):
        match = RULE.match(plain)
        if match and match[1].strip(" -_=") in RULE_WORDS:
            return True
        if match is None and len(plain) >= 5 and is_header_block(lines, at + 1):
            return True
    return is_header_block(lines, at)


def _marked_after_block(lines: list[str], at: int) -> int | None:
    """Return where marked lines begin right under a copied header block: below them is new text again."""
    for under in range(at, min(at + 12, len(lines))):
        if _is_quoted(lines[under]):
            return under
        label = _label(lines[under])
        if lines[under].strip() and label not in FROM_WORDS and label not in NEXT_WORDS:
            return None
    return None


def is_header_block(lines: list[str], at: int) -> bool:
    """A From line and at least two of its usual companions within the next lines, or fewer that name more."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at >= len(lines):
        return False
    first = _label(lines[at])
    if first in FROM_WORDS:
        companions = {label: line for line in lines[at + 1 : at + 9] if (label := _label(line)) in NEXT_WORDS}
        if len(companions) >= 2:
            return True
        dated = any(DATE_AND_TIME.search(line) for line in companions.values())
        return dated and ADDRESS.search(lines[at]) is not None
    return (
        first in NEXT_WORDS and DATE_AND_TIME.search(lines[at]) is not None and _names_people(lines, at + 1)
    )


def _names_people(lines: list[str], at: int) -> bool:
    """Say whether the lines after a copied date name who wrote to whom."""
    around = [
        line for line in lines[at : at + 4] if (label := _label(line)) in FROM_WORDS or label in NEXT_WORDS
    ]
    return len(around) >= 2 and any(ADDRESS.search(line) for line in around)


def begins_header_block(text: str) -> bool:
    """Say whether a text's first words are the label of a copied From line."""
    return _label(text) in FROM_WORDS


def _label(line: str) -> str:
    match = LABEL.match(INVISIBLE.sub("", line[:60]).lower())
    return " ".join(match[1].split()) if match else "\0"


def _is_interleaved(lines: list[str], kinds: list[str]) -> bool:
    """Answers between quotations: new text both after one quoted run and before another."""
    runs: list[str] = []
    for line, kind in zip(lines, kinds, strict=True):
        if line.strip() and (not runs or runs[-1] != kind):
            runs.append(kind)
    first = runs.index("q")
    return runs[first:].count("q") >= 2 and runs[first:].count("n") >= 1
