"""Address lists as people and programs really write them."""

import re
from collections.abc import Iterable

from dragoman.ground.channels.email.headers import Headers
from dragoman.ground.channels.email.words import decode_words
from dragoman.ground.channels.ports import Person

MAX_PEOPLE = 200
MAX_NAME = 200
ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]\\@]+@[^\s<>,;:\"'()\\@]+")
QUOTED_LOCAL = re.compile(r'"[^"@\s]{1,64}"@[^\s<>,;:"()\\@]+')
# one person with nothing that could divide a list
PLAIN = re.compile(r"[^\",;:()\\]*")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def people(headers: Headers, *names: str) -> list[Person]:
    """Return the people in these headers, in order, none twice; values are lower case."""
    found: dict[str, Person] = {}
    for name in names:
        for value in headers.all(name):
            for person in read_people(value):
                found.setdefault(person.value, person)
            if len(found) >= MAX_PEOPLE:
                break
    return list(found.values())[:MAX_PEOPLE]


def read_people(value: str) -> Iterable[Person]:
    """Yield the people of one header value; unquoted commas in names and group syntax are understood."""
    waiting = ""
    for piece in _pieces(value):
        person = _person(piece, waiting)
        if person is None:
            waiting = f"{waiting}, {piece.strip()}" if waiting else piece.strip()
            continue
        waiting = ""
        yield person


def _person(piece: str, before: str) -> Person | None:
    """Read `Name <address>`, `address (Name)` or a bare address; `before` is a name's part before a comma."""
    angle = re.search(r"<([^<>]*)>?\s*[^<>]*$", piece)
    inside = angle[1] if angle else piece
    match = QUOTED_LOCAL.search(inside) or ADDRESS.search(inside) or ADDRESS.search(piece)
    if match is None:
        return None
    address = match[0].lower().removeprefix("mailto:").strip(".'`")
    if angle:
        name = piece[: angle.start()]
        name = f"{before}, {name}" if before and name.strip() else name
    else:
        comment = re.search(r"\(([^()]*)\)", piece)
        name = comment[1] if comment else ""
    return Person("email", address[:254], _name(name, address))


def _name(raw: str, address: str) -> str:
    """Return the display name for people: quotes, escapes and marks gone, "" if it is the address."""
    name = re.sub(r"\\(.)", r"\1", raw.strip().strip("'").strip().strip('"'))
    name = " ".join(BIDI.sub("", decode_words(name)).split()).strip("\"'")[:MAX_NAME]
    return "" if name.lower() == address else name


def _pieces(value: str) -> Iterable[str]:
    """Split at commas and semicolons outside quotes, comments and brackets; drop group names."""
    if PLAIN.fullmatch(value):
        yield value
        return
    piece: list[str] = []
    quoted, depth, angle, named = False, 0, False, True
    # An unbalanced quote would swallow the rest: then quotes mean nothing.
    heed_quotes = value.replace('\\"', "").count('"') % 2 == 0
    for position, letter in enumerate(value):
        if letter == '"' and heed_quotes and value[position - 1 : position] != "\\":
            quoted = not quoted
        elif not quoted:
            depth = max(0, depth + (letter == "(") - (letter == ")"))
            angle = letter == "<" or (angle and letter != ">")
            if letter == ":" and not angle and named:
                piece = []
                continue
            if letter in ",;" and not angle and not depth:
                yield "".join(piece)
                piece, named = [], True
                continue
        # A group's name ("Friends:") holds neither an address nor an encoded word.
        named = named and letter not in "@?"
        piece.append(letter)
    yield "".join(piece)
