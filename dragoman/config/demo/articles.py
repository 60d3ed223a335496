"""The demo's articles: Markdown files in each language, brought in as any shop would bring its own in."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.core.accounts.models import Brand
from dragoman.core.knowledge.actions.bringing import How, bring_articles
from dragoman.core.knowledge.files.opening import read_files


def pour_articles(brand: Brand) -> None:
    """Bring all articles in, the source's language first."""
    folder = files(__package__).joinpath("data", "articles")
    told = sorted(_files(folder, ""), key=lambda one: (not one[0].startswith("en/"), one[0]))
    bring_articles(brand.workspace_id, read_files(told), how=How(brand_id=brand.pk), agent=None)


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}", one.read_bytes()
