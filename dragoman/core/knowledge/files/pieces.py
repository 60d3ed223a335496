"""What a file of articles holds: texts, the shelves they stand on, and what could not be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.core.texts.models import Variant
from dragoman.kit.errors import Refusal

from ..models import ArticleText

MOST_BYTES = 30 * 1024 * 1024  # of a file, and of all that a zip holds
MOST_PIECES = 5000
MOST_FAULTS = 200


@dataclass(frozen=True)
class Fault:
    """What was not read: in which file and line (0: all of it), and why."""

    file: str
    line: int
    said: str


@dataclass(frozen=True)
class Picture:
    """A picture or attachment that came along; `name` is how the bodies call it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Piece:
    """One text as a file has it. None leaves what is there as it is.

    `origin` names the article at the vendor it comes from (`zendesk:360001`): the same one again is the same article.
    """

    file: str
    line: int
    key: str
    language: str
    title: str
    body: str
    market: str = ""
    summary: str | None = None
    category: str | None = None
    status: str = ArticleText.Status.PUBLISHED
    kind: str | None = None
    internal: bool | None = None
    questions: Sequence[str] | None = None
    position: int | None = None
    video: str | None = None
    made: str = Variant.Made.PERSON
    origin: str = ""
    is_source: bool = False


@dataclass(frozen=True)
class Shelf:
    """A category as a file has it; `names` by language."""

    key: str
    names: Mapping[str, str]
    icon: str = ""
    position: int | None = None


@dataclass
class Pile:
    """All that was read."""

    pieces: list[Piece] = field(default_factory=list)
    shelves: list[Shelf] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0  # faults beyond those named

    def wrong(self, file: str, line: int, said: object) -> None:
        """Note what was not read; a file full of faults is not told of without end."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(file, line, str(said)))
        else:
            self.more += 1

    def add(self, other: "Pile") -> None:
        """Take in what another file held."""
        self.pieces += other.pieces
        self.shelves += other.shelves
        self.pictures += other.pictures
        for one in other.faults:
            self.wrong(one.file, one.line, one.said)
        self.more += other.more


class BadFile(Refusal):
    """Nothing can be read of it at all."""

    code = "bad_file"
    status = 422
