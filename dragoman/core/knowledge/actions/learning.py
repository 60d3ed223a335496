"""Keeping webinars, who comes, and paths of articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.core.texts.actions.variants import kept_words, placed
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.zones import zone_today
from dragoman.kit.text import slug
from dragoman.kit.variants import key_of, parted

from ..errors import BadArticle, BadSignUp, NoPath, NoWebinar, WebinarAwaited, WebinarFull
from ..events import WebinarChanged, WebinarSignedUp
from ..learning import is_full
from ..models import Article, Path, PathStep, SignUp, Webinar
from .articles import check_may_publish

LONGEST_ABOUT, MOST_SEATS, MOST_MINUTES, MOST_STEPS = 4000, 100_000, 24 * 60, 50


@dataclass(frozen=True)
class WebinarWish:
    """What somebody writes of a webinar; `starts_at` is a moment (UTC)."""

    brand_id: int
    title: str
    language: str
    starts_at: datetime
    minutes: int = 60
    time_zone: str = "UTC"
    about: str = ""
    host: str = ""
    place: str = ""
    link: str = ""
    seats: int = 0
    state: str = Webinar.State.DRAFT


@transaction.atomic
def save_webinar(
    workspace_id: int, wish: WebinarWish, *, agent: Agent | None, webinar_id: int | None = None
) -> Webinar:
    """Store a webinar; raises BadArticle (its `field` is wrong), NoWebinar, MayNotWrite."""
    check_may_publish(agent)
    language, _market = placed(wish.language)
    _check(workspace_id, wish)
    row = Webinar(workspace_id=workspace_id, agent=agent)
    if webinar_id is not None:
        found = Webinar.objects.select_for_update().filter(workspace_id=workspace_id, pk=webinar_id).first()
        if found is None:
            raise NoWebinar
        row = found
    before = (row.starts_at, row.minutes, row.place, row.link, row.state) if row.pk else None
    row.brand_id, row.language, row.state = wish.brand_id, language, wish.state
    row.title, row.about = " ".join(kept_words(wish.title).split()), kept_words(wish.about)
    row.starts_at, row.minutes, row.time_zone = wish.starts_at, wish.minutes, wish.time_zone
    row.host, row.place, row.link, row.seats = (
        kept_words(wish.host),
        kept_words(wish.place),
        wish.link,
        wish.seats,
    )
    moved = before is not None and before != (row.starts_at, row.minutes, row.place, row.link, row.state)
    row.sequence += moved
    row.save()
    publish(WebinarChanged(webinar_id=row.pk, moved=moved))
    return row


def _check(workspace_id: int, wish: WebinarWish) -> None:
    if not wish.title.strip() or len(wish.title) > 200:
        raise BadArticle("title", _("Give the webinar a title of at most 200 characters."))
    if len(wish.about) > LONGEST_ABOUT:
        raise BadArticle("about", _("At most %(most)s characters fit here.") % {"most": LONGEST_ABOUT})
    if not 0 < wish.minutes <= MOST_MINUTES:
        raise BadArticle("minutes", _("It lasts at least a minute and at most a day."))
    if not 0 <= wish.seats <= MOST_SEATS:
        raise BadArticle("seats", _("Say how many may come, 0 for as many as want."))
    if wish.link and (not wish.link.startswith("https://") or len(wish.link) > 500):
        raise BadArticle("link", _("The address begins with https://."))
    if len(wish.host) > 120 or len(wish.place) > 200:
        raise BadArticle("place", _("At most %(most)s characters fit here.") % {"most": 120})
    if not zone_today(wish.time_zone):
        raise BadArticle("time_zone", _("There is no such time zone."))
    if wish.state not in Webinar.State.values:
        raise BadArticle("state", _("Say “draft”, “open” or “called_off”."))
    if not brands_of(workspace_id).filter(pk=wish.brand_id).exists():
        raise BadArticle("brand", _("There is no such brand."))


@transaction.atomic
def remove_webinar(workspace_id: int, webinar_id: int, *, agent: Agent | None) -> None:
    """Remove a webinar with who signed up; raises NoWebinar, MayNotWrite, WebinarAwaited where people would come
    or are still to be told that it is called off."""
    check_may_publish(agent)
    row = Webinar.objects.select_for_update().filter(workspace_id=workspace_id, pk=webinar_id).first()
    if row is None:
        raise NoWebinar
    coming = SignUp.objects.filter(workspace_id=workspace_id, webinar=row, cancelled_at=None)
    if row.state != Webinar.State.OPEN:
        coming = coming.filter(telling__lt=row.sequence)
    # nobody stands before a door that was taken away without a word
    if row.starts_at > timezone.now() and coming.exists():
        raise WebinarAwaited
    row.delete()
    publish(WebinarChanged(webinar_id=webinar_id, moved=False))


@dataclass(frozen=True)
class Comer:
    """Who signs up."""

    email: str
    name: str = ""
    language: str = "en"
    time_zone: str = ""


@transaction.atomic
def sign_up(webinar: Webinar, comer: Comer) -> SignUp:
    """Keep a seat for somebody; the same address again is the same seat. Raises NoWebinar, WebinarFull, BadSignUp."""
    row = Webinar.objects.select_for_update().filter(workspace_id=webinar.workspace_id, pk=webinar.pk).first()
    if row is None or row.state != Webinar.State.OPEN or row.starts_at <= timezone.now():
        raise NoWebinar
    email = comer.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadSignUp("email", _("Write your e-mail address as name@example.com.")) from None
    rows = SignUp.objects.filter(workspace_id=row.workspace_id, webinar=row, email=email)
    known = rows.first()
    if known is not None and known.cancelled_at is None:
        return known
    if is_full(row):
        raise WebinarFull
    kept = known or SignUp(workspace_id=row.workspace_id, webinar=row, email=email)
    kept.name, kept.language = " ".join(kept_words(comer.name).split())[:120], placed(comer.language)[0]
    # browsers name some zones as they were called once
    kept.time_zone = zone_today(comer.time_zone) if comer.time_zone else ""
    kept.cancelled_at, kept.telling, kept.told = None, row.sequence, row.sequence
    kept.save()
    publish(WebinarSignedUp(webinar_id=row.pk, sign_up_id=kept.pk))
    return kept


@transaction.atomic
def take_back(kept: SignUp) -> None:
    """Free a seat again; a second time changes nothing."""
    SignUp.objects.filter(workspace_id=kept.workspace_id, pk=kept.pk, cancelled_at=None).update(
        cancelled_at=timezone.now()
    )


@dataclass(frozen=True)
class PathWish:
    """What somebody writes of a path; `keys` are those of its articles, in order."""

    names: Mapping[str, str]
    keys: Sequence[str]
    key: str = ""
    about: Mapping[str, str] | None = None
    brand_id: int | None = None
    shown: bool = False


@transaction.atomic
def save_path(workspace_id: int, wish: PathWish, *, agent: Agent | None) -> Path:
    """Store a path by its key, a new one where there is none; raises BadArticle, MayNotWrite."""
    check_may_publish(agent)
    names = {name: said[:120] for name, said in _texts(wish.names).items()}
    if not names:
        raise BadArticle("names", _("Name the path in at least one language."))
    key = slug(wish.key or next(iter(names.values())), most=100)
    if not key:
        raise BadArticle("key", _("Give the path a key of letters and digits."))
    rows = {one.key: one for one in Article.objects.filter(workspace_id=workspace_id, key__in=wish.keys)}
    lost = next((one for one in wish.keys if one not in rows), None)
    if lost is not None:
        raise BadArticle("articles", _("There is no article “%(key)s”.") % {"key": lost[:80]})
    if not 0 < len(wish.keys) <= MOST_STEPS:
        raise BadArticle("articles", _("A path has 1 to 50 articles."))
    found = Path.objects.filter(workspace_id=workspace_id)
    path = found.filter(key=key).first() or Path(workspace_id=workspace_id, key=key, position=found.count())
    path.names, path.brand_id, path.shown = names, wish.brand_id, wish.shown
    path.about = _texts(wish.about or {})
    path.save()
    PathStep.objects.filter(workspace_id=workspace_id, path=path).delete()
    PathStep.objects.bulk_create(
        PathStep(workspace_id=workspace_id, path=path, article=rows[one], position=place)
        for place, one in enumerate(dict.fromkeys(wish.keys))
    )
    return path


def _texts(said: Mapping[str, str]) -> dict[str, str]:
    kept = {key_of(*placed(*parted(name))): kept_words(words)[:1000] for name, words in said.items()}
    return {name: words for name, words in kept.items() if words}


@transaction.atomic
def remove_path(workspace_id: int, key: str, *, agent: Agent | None) -> None:
    """Take a path away; its articles stay. Raises NoPath, MayNotWrite."""
    check_may_publish(agent)
    if not Path.objects.filter(workspace_id=workspace_id, key=key).delete()[0]:
        raise NoPath
