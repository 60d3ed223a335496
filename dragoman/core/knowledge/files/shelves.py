"""Categories as a file beside the articles: `categories.yaml`, a list of key, icon and names by language."""

import yaml
from django.utils.translation import gettext as _

from dragoman.kit.text import slug

from .pieces import Pile, Shelf
from .tongues import tongue_of

SHELVES = "categories.yaml"


def read_shelves(path: str, raw: bytes) -> Pile:
    """Return the categories in their order."""
    pile = Pile()
    try:
        said = yaml.load(raw.decode("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but text
    except UnicodeDecodeError:
        pile.wrong(path, 0, _("The file is not in UTF-8."))
        return pile
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        pile.wrong(path, mark.line + 1 if mark else 0, _("The file is no YAML."))
        return pile
    for at, one in enumerate(said if isinstance(said, list) else []):
        names = one.get("names") if isinstance(one, dict) else None
        key = slug(str(one.get("key", ""))) if isinstance(one, dict) else ""
        if not isinstance(names, dict) or not names or not key:
            pile.wrong(path, 0, _("Category %(number)s has no key or no names.") % {"number": at + 1})
            continue
        kept: dict[str, str] = {}
        for tag, name in names.items():
            if isinstance(name, str) and tongue_of(str(tag)):
                kept[str(tag)] = name
            else:
                pile.wrong(path, 0, _("“%(name)s” is no language.") % {"name": str(tag)[:40]})
        pile.shelves.append(Shelf(key, kept, icon=str(one.get("icon", "")), position=at))
    if not isinstance(said, list):
        pile.wrong(path, 0, _("The file is no list of categories."))
    return pile
