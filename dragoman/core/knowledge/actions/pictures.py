"""Taking pictures along with a text that is brought in: they become files of the article, its links lead to them."""

import io
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.files import store
from dragoman.kit.errors import Refusal

from ..files.pictures import Album, addresses_in, is_abroad, is_missing, relinked, shown_in
from ..files.pieces import Fault, Picture, Piece
from ..models import Article
from .files import add_file, digest_of


@dataclass(frozen=True)
class Abroad:
    """A picture that stays where it is, on a host of somebody else, and in which file a text shows it."""

    file: str
    address: str


@dataclass
class Luggage:
    """What goes along with one text: which pictures are new, what was refused, what stays abroad."""

    album: Album
    piece: Piece
    new: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    abroad: list[Abroad] = field(default_factory=list)
    _paths: dict[str, str] = field(default_factory=dict)
    _kept: list[str] = field(default_factory=list)

    @property
    def pictures(self) -> list[Picture]:
        """Return what came along and the text names, each once."""
        found = (self.album.find(self.piece.file, one) for one in addresses_in(self.piece.body))
        return list({digest_of(one.content): one for one in found if one is not None}.values())

    def weigh(self, article: Article | None) -> None:
        """Note what the article has already, what would be new, and what is not among the files."""
        rows = article.files.exclude(digest="") if article is not None else []
        self._paths = {one.digest: one.path for one in rows}
        self.new = {digest_of(one.content) for one in self.pictures} - set(self._paths)
        for address in shown_in(self.piece.body):
            if is_abroad(address):
                self.abroad.append(Abroad(self.piece.file, address[:500]))
            elif is_missing(address) and self.album.find(self.piece.file, address) is None:
                said = _("The picture “%(name)s” is not among the files.") % {"name": address[:80]}
                self.faults.append(Fault(self.piece.file, 0, said))

    def unpack(self, article: Article, *, agent: Agent | None) -> None:
        """Store what is new as files of the article; one that is refused is named, its link stays as it was."""
        for one in self.pictures:
            digest = digest_of(one.content)
            if digest not in self.new:
                continue
            try:
                name = one.name.rpartition("/")[2]
                row = add_file(article, agent=agent, name=name, source=io.BytesIO(one.content))
            except Refusal as refusal:
                self.new.discard(digest)
                self.faults.append(Fault(one.name, 0, str(refusal)))
                continue
            self._paths[digest] = row.path
            self._kept.append(row.file_key)

    def linked(self) -> Piece:
        """Return the text with links that lead to the article's files."""

        def give(address: str) -> str:
            found = self.album.find(self.piece.file, address)
            return self._paths.get(digest_of(found.content), address) if found is not None else address

        return replace(self.piece, body=relinked(self.piece.body, give))

    def leave(self) -> None:
        """Delete what was stored for a text that was refused after all."""
        for key in self._kept:
            store.forget(key)
