"""Asking for webinars and paths: what customers may come to, what they read next, and the entry for a calendar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from icalendar import Calendar, Event, vText

from dragoman.core.accounts.models import Brand
from dragoman.core.texts.chain import Reader, serve
from dragoman.ground.markets.zones import zone

from .errors import NoPath, NoWebinar
from .models import Path, PathStep, SignUp, Webinar
from .published import Listed
from .queries import articles_of, read

COMING = Count("sign_ups", filter=Q(sign_ups__cancelled_at=None))


def webinars_of(workspace_id: int) -> QuerySet[Webinar]:
    """All webinars with how many come (`coming`), the next first."""
    found = Webinar.objects.filter(workspace_id=workspace_id).annotate(coming=COMING)
    return found.select_related("brand").order_by("-starts_at", "pk")


def get_webinar(workspace_id: int, webinar_id: int) -> Webinar:
    """Return a webinar by its id; raises NoWebinar."""
    found = find_webinar(workspace_id, webinar_id)
    if found is None:
        raise NoWebinar
    return found


def find_webinar(workspace_id: int, webinar_id: int) -> Webinar | None:
    """Find a webinar by its id."""
    return webinars_of(workspace_id).filter(pk=webinar_id).first()


def is_told(webinar: Webinar, *, at: datetime | None = None) -> bool:
    """Say whether who signed up is told of a change: not of what is over, nor of a draft."""
    return webinar.state != Webinar.State.DRAFT and webinar.starts_at > (at or timezone.now())


def open_webinars(brand: Brand, *, language: str = "", at: datetime | None = None) -> list[Webinar]:
    """Return what customers of a brand may sign up for, the next first; those in their language before others."""
    now = at or timezone.now()
    found = webinars_of(brand.workspace_id).filter(brand=brand, state=Webinar.State.OPEN, starts_at__gt=now)
    base = language.partition("-")[0]
    return sorted(found, key=lambda one: (one.language.partition("-")[0] != base, one.starts_at))


def is_full(webinar: Webinar) -> bool:
    """Say whether no seat is left."""
    coming = SignUp.objects.filter(workspace_id=webinar.workspace_id, webinar=webinar, cancelled_at=None)
    return bool(webinar.seats) and coming.count() >= webinar.seats


def find_sign_up(workspace_id: int, token: str) -> SignUp | None:
    """Find a sign-up by the token in its link."""
    rows = SignUp.objects.filter(workspace_id=workspace_id, token=token)
    return rows.select_related("webinar", "webinar__brand").first()


def sign_ups_of(webinar: Webinar) -> QuerySet[SignUp]:
    """Everybody who signed up, in order; those who took it back have `cancelled_at`."""
    return SignUp.objects.filter(workspace_id=webinar.workspace_id, webinar=webinar).order_by(
        "created_at", "pk"
    )


def not_told(webinar: Webinar) -> QuerySet[SignUp]:
    """Who comes and has not been told of the webinar's last change, nor is being told."""
    return sign_ups_of(webinar).filter(cancelled_at=None, telling__lt=webinar.sequence)


def calendar_of(
    webinar: Webinar, *, uid: str, time_zone: str = "", with_link: bool = False, organizer: str = ""
) -> bytes:
    """Return a webinar as an iCalendar file (RFC 5545), its times in the reader's zone; the link for who signed up.

    A file with the same `uid` and a higher SEQUENCE replaces an earlier one; METHOD is PUBLISH, of a webinar that is
    called off CANCEL (RFC 5546 3.2.1, 3.2.5). `organizer` is the mail address that both ask for.
    """
    place: ZoneInfo = zone(time_zone or webinar.time_zone)
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", webinar.starts_at.astimezone(place))
    entry.add("dtend", (webinar.starts_at + timedelta(minutes=webinar.minutes)).astimezone(place))
    entry.add("summary", webinar.title)
    entry.add("sequence", webinar.sequence)
    is_off = webinar.state == Webinar.State.CANCELLED
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if organizer:
        entry.add("organizer", f"mailto:{organizer}")
    if webinar.about:
        entry.add("description", webinar.about)
    where = webinar.place or (webinar.link if with_link else "")
    if where:
        entry.add("location", vText(where))
    if with_link and webinar.link:
        entry.add("url", webinar.link)
    calendar = Calendar()
    calendar.add("prodid", "-//Dragoman//Webinars//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


@dataclass(frozen=True)
class Stage:
    """An article of a path for a reader, and whether they read it in this visit."""

    listed: Listed
    is_read: bool


@dataclass(frozen=True)
class Walk:
    """A path as a reader walks it."""

    path: Path
    name: str
    about: str
    stages: Sequence[Stage]

    @property
    def done(self) -> int:
        """Count what was read."""
        return sum(1 for one in self.stages if one.is_read)


def paths_of(workspace_id: int) -> QuerySet[Path]:
    """All paths in their order, with their articles."""
    steps = (
        PathStep.objects.filter(workspace_id=workspace_id)
        .select_related("article")
        .order_by("position", "pk")
    )
    found = Path.objects.filter(workspace_id=workspace_id).prefetch_related(Prefetch("steps", queryset=steps))
    return found.order_by("position", "pk")


def get_path(workspace_id: int, key: str) -> Path:
    """Return a path by its key; raises NoPath."""
    found = paths_of(workspace_id).filter(key=key).first()
    if found is None:
        raise NoPath
    return found


def walks_for(brand: Brand, reader: Reader, *, have_read: Collection[str] = ()) -> list[Walk]:
    """Return a brand's paths as a reader sees them; `have_read` are the keys of articles read in this visit."""
    shown = paths_of(brand.workspace_id).filter(Q(brand=brand) | Q(brand=None), shown=True)
    articles = {
        one.pk: one for one in articles_of(brand.workspace_id, brand_id=brand.pk).filter(internal=False)
    }
    walks: list[Walk] = []
    for path in shown:
        stages: list[Stage] = []
        for step in path.steps.all():
            article = articles.get(step.article_id)
            served = read(article, reader) if article else None
            if article is not None and served is not None:
                stages.append(Stage(Listed(article, served), article.key in have_read))
        if stages:
            walks.append(
                Walk(path, said_in(path.names, reader, path.key), said_in(path.about, reader), stages)
            )
    return walks


def said_in(texts: dict[str, str], reader: Reader, otherwise: str = "") -> str:
    """Return one of a path's texts for a reader."""
    found = serve(texts, reader, any_at_last=True)
    return found.words if found else otherwise
