"""An article as its reader finds it, and what they say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dragoman.core.knowledge.actions.reading import Verdict, give_feedback, say_why
from dragoman.core.knowledge.addresses import help_path, place_of
from dragoman.core.knowledge.gaps import helped_share
from dragoman.core.knowledge.models import Article, ArticleText
from dragoman.core.knowledge.published import beside, find_public
from dragoman.core.knowledge.queries import Read, is_stale, name_for, read, source_of
from dragoman.core.knowledge.reading import page_of
from dragoman.kit import tags
from dragoman.kit.errors import NotFound

from .counting import VERDICTS, check_pace, count_reading, reading_of
from .door import Visit, at_help, keep_number, own_name, page
from .reaching import ways_of
from .structured import article_data, crumbs_data
from .words import REASONS, is_unchecked, made_sentence, made_words

_SALT: Final = "dragoman.portal.help.verdict"
_WHY_SECONDS: Final = 3600
_SAID_WITHIN: Final = timedelta(days=180)
_PLAYED_HERE: Final = (".mp4", ".webm", ".m4v")


@dataclass(frozen=True)
class Other:
    """The same article in another language."""

    name: str
    language: str
    dir: str
    path: str
    made: str


@require_safe
@at_help
def article(visit: Visit, key: str) -> HttpResponseBase:
    """Show an article in the reader's language and market, or honestly in another."""
    found, served = _served(visit, key)
    count_reading(visit, found, fallback=served.fallback)
    return keep_number(visit, _page(visit, found, served))


def _served(visit: Visit, key: str) -> tuple[Article, Read]:
    found = find_public(visit.brand, key)
    served = read(found, visit.reader) if found else None
    if found is None or served is None:
        raise NotFound
    return found, served


def _page(visit: Visit, found: Article, served: Read) -> HttpResponse:
    text, wording = served.text, served.wording
    shown = page_of(wording.body, brand=visit.brand, language=text.language, market=visit.market)
    source = source_of(found)
    category = found.category
    name = name_for(category, visit.reader) if category else ""
    canonical = _path(visit, found, text)
    steps = [(name, visit.shelf(category.key if category else "more")), (wording.title, canonical)]
    return page(
        visit,
        "article.html",
        path=canonical.removeprefix(help_path(visit.brand.slug, text.language, market=text.market)),
        article=found,
        text=text,
        wording=wording,
        shown=shown,
        fallback=served.fallback,
        unchecked=is_unchecked(text, wording),
        stale=is_stale(text, source),
        made=made_sentence(found, text, wording),
        original=_other(visit, found, source) if source and source.pk != text.pk and source.live else None,
        others=_others(visit, found, text),
        name=name,
        shelf=steps[0][1],
        beside=beside(found, visit.brand, visit.reader),
        ways=ways_of(visit),
        video=_video(found),
        told=_told(visit),
        reasons=REASONS.items(),
        helped=helped_share(found, since=timezone.now() - _SAID_WITHIN),
        canonical=canonical,
        alternates=_alternates(visit, found),
        default_path=_path(visit, found, source) if source and source.live else canonical,
        description=wording.summary,
        data=[crumbs_data(visit, steps), article_data(visit, served, canonical)],
    )


def _path(visit: Visit, found: Article, text: ArticleText) -> str:
    return help_path(visit.brand.slug, text.language, found.key, market=text.market)


def _live(found: Article) -> list[ArticleText]:
    return [one for one in found.texts.all() if one.live is not None]


def _other(visit: Visit, found: Article, text: ArticleText) -> Other:
    assert text.live is not None
    return Other(
        name=own_name(place_of(text.language, text.market)),
        language=text.language,
        dir=tags.direction(text.language),
        path=_path(visit, found, text),
        made=made_words(found, text, text.live),
    )


def _others(visit: Visit, found: Article, shown: ArticleText) -> Sequence[Other]:
    """Return the article's other languages; what is for another market alone is not the reader's."""
    near = [one for one in _live(found) if one.pk != shown.pk and one.market in ("", visit.market)]
    return sorted((_other(visit, found, one) for one in near), key=lambda one: one.name.casefold())


def _alternates(visit: Visit, found: Article) -> Sequence[Mapping[str, str]]:
    return [
        {"place": place_of(one.language, one.market), "path": _path(visit, found, one)}
        for one in _live(found)
    ]


def _video(found: Article) -> Mapping[str, Any] | None:
    """Return where a film is: one of our own is played here, a film elsewhere is a link, for it would watch back."""
    if not found.video:
        return None
    parts = urlsplit(found.video)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return {"url": found.video, "host": parts.hostname, "here": parts.path.lower().endswith(_PLAYED_HERE)}


def _told(visit: Visit) -> Mapping[str, str]:
    """Return what the reader just said of this article: yes, no (and the token by which they may say why), thanks."""
    said = visit.request.GET.get("told", "")
    return {
        "said": said if said in ("yes", "no", "thanks") else "",
        "token": visit.request.GET.get("of", "")[:200],
    }


# whoever sends another site's readers here can say no more than these readers could say themselves
@csrf_exempt
@require_POST
@at_help
def feedback(visit: Visit, key: str) -> HttpResponseBase:
    """Keep whether an article helped; where it did not, the reader may then say why."""
    if visit.request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotFound
    check_pace(visit, VERDICTS)
    found, served = _served(visit, key)
    posted = visit.request.POST
    if token := posted.get("of", ""):
        _why(visit, found, token)
        return _back(visit, key, told="thanks")
    helped = posted.get("helped", "")
    if helped not in ("yes", "no"):
        return _back(visit, key)
    kept = give_feedback(reading_of(visit), found, Verdict(served.wording.number, helped == "yes"))
    more = {"of": signing.dumps(kept.pk, salt=_SALT)} if helped == "no" else {}
    return keep_number(visit, _back(visit, key, told=helped, **more))


def _why(visit: Visit, found: Article, token: str) -> None:
    try:
        feedback_id = int(signing.loads(token, salt=_SALT, max_age=_WHY_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        # too late, or made up: the verdict stands without a reason
        return
    posted = visit.request.POST
    say_why(
        found.workspace_id,
        feedback_id,
        reason=posted.get("reason", "")[:20],
        words=posted.get("words", "")[:2000],
    )


def _back(visit: Visit, key: str, **facts: str) -> HttpResponse:
    answer = redirect(f"{visit.to(key)}{'?' if facts else ''}{urlencode(facts)}#told")
    answer["Cache-Control"] = "no-store"
    return answer
