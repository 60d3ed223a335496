"""In which language a customer reads our pages: all that we know, each with texts of its own in `locale/`."""

from django.http import HttpRequest

from dragoman.ground.design.functions import language_name
from dragoman.kit import tags


def portal_languages() -> list[dict[str, str]]:
    """Return the languages of our pages as {tag, name in itself, dir}."""
    return [
        {"tag": one, "name": language_name(one, one), "dir": tags.direction(one)} for one in tags.LANGUAGES
    ]


def portal_language(wish: str) -> str:
    """Return the language of our pages for a BCP 47 wish: exact, base, any sibling, else English."""
    return tags.match(wish, tags.LANGUAGES) or "en"


def language_asked(request: HttpRequest) -> str:
    """Return what a page is read in: what its address says (`locale`), else the browser's first wish that we speak."""
    said = request.GET.get("locale", "")
    found = (tags.match(wish, tags.LANGUAGES) for wish in ([said.strip()] if said else wishes_of(request)))
    return next((one for one in found if one), "en")


def wishes_of(request: HttpRequest) -> list[str]:
    """Return the languages that the browser asks for, the strongest wish first."""
    return [one.partition(";")[0].strip() for one in _by_weight(request)]


def _by_weight(request: HttpRequest) -> list[str]:
    """Return the wishes of Accept-Language, the strongest first (RFC 9110 12.5.4)."""

    def weight(wish: str) -> float:
        _tag, _semicolon, said = wish.partition(";q=")
        try:
            return float(said or 1)
        except ValueError:
            return 0.0

    wishes = request.headers.get("Accept-Language", "")[:200].split(",")
    return sorted((one for one in wishes if weight(one) > 0), key=weight, reverse=True)
