"""`/community`: questions and answers as everybody reads them, what was reported, the figures. Deciding is people's."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from dragoman.core.accounts.queries import get_brand
from dragoman.service.community.addresses import thread_path
from dragoman.service.community.finding import search_threads
from dragoman.service.community.models import Post, Thread
from dragoman.service.community.moderation import figures, open_reports
from dragoman.service.community.queries import get_thread, posts_in, spaces_of, threads_of

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import Hint, Listed, page_below

router = Router(tags=["community"])


class SpaceOut(Schema):
    """A product or theme to ask about; `names` are {language: name}, `language` "" takes all."""

    key: str
    names: dict[str, str]
    language: str
    open: bool


class QuestionOut(Schema):
    """A public question; `author` is the name its writer chose, null for a former member."""

    id: str
    brand: str
    space: str
    title: str
    language: str
    author: str | None
    answers: int
    solved: bool
    url: str
    created_at: datetime
    last_at: datetime


class PostOut(Schema):
    """A public text of a question: `body` is Markdown as it was written, which no HTML of its own counts in."""

    id: str
    question: bool
    staff: bool
    author: str | None
    language: str
    body: str
    votes: int
    accepted: bool
    created_at: datetime


class ThreadOut(QuestionOut):
    """A question with its public texts: the question first, then answers by their votes."""

    posts: list[PostOut]


class ReportOut(Schema):
    """A report that waits for a person; who made it is not told."""

    id: str
    code: str
    ground: str
    reason: str
    question: str
    post: str
    created_at: datetime


class FiguresOut(Schema):
    """Counts of a span of days for the yearly report (Regulation (EU) 2022/2065); programs decide nothing here."""

    reports: dict[str, int]
    decisions: dict[str, int]
    limiting_by_ground: dict[str, int]
    limiting_by_source: dict[str, int]
    suspensions: int
    complaints: int
    complaints_reversed: int
    automated_decisions: int
    median_hours: float | None


def _question(row: Thread) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "brand": row.brand.slug,
        "space": row.space.key,
        "title": row.title,
        "language": row.language,
        "author": row.member.name or None,
        "answers": row.answers,
        "solved": row.accepted_id is not None,
        "url": thread_path(row.brand.slug, row.language, row.pk),
        "created_at": row.created_at,
        "last_at": row.last_at,
    }


def _post(row: Post, thread: Thread) -> dict[str, Any]:
    if row.is_staff:
        author = row.agent.name if row.agent else None
    else:
        author = row.member.name or None if row.member else None
    return {
        "id": str(row.pk),
        "question": row.is_question,
        "staff": row.is_staff,
        "author": author,
        "language": row.language,
        "body": row.body,
        "votes": row.votes,
        "accepted": row.pk == thread.accepted_id,
        "created_at": row.created_at,
    }


@router.get("/community/spaces", response={200: Listed[SpaceOut], **ERRORS}, summary="Spaces")
def list_spaces(request: HttpRequest, brand: str = "") -> Any:
    """List the spaces of a brand's community in its order; without `brand` the first brand's."""
    rows = spaces_of(get_brand(workspace_of(request), brand))
    items = [
        {"key": one.key, "names": one.names, "language": one.language, "open": one.is_open} for one in rows
    ]
    return {"items": items, "next": None}


@router.get("/community/questions", response={200: Listed[QuestionOut], **ERRORS}, summary="Questions")
def list_questions(
    request: HttpRequest,
    brand: str = "",
    space: str = "",
    language: Hint | None = None,
    answered: bool | None = None,
    q: Annotated[str, Query(max_length=300)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: str | None = None,
) -> Any:
    """List public questions, the newest first; with `q` the nearest in one brand, on one page."""
    workspace_id = workspace_of(request)
    if q.strip():
        found = search_threads(get_brand(workspace_id, brand), q, language=language or "", most=limit)
        return {"items": [_question(one) for one in found], "next": None}
    rows = threads_of(workspace_id, get_brand(workspace_id, brand).pk if brand else None)
    rows = rows.filter(space__key=space) if space else rows
    rows = rows.filter(language=language) if language else rows
    if answered is not None:
        rows = rows.exclude(answers=0) if answered else rows.filter(answers=0)
    page, after = page_below(rows, cursor, limit)
    return {"items": [_question(one) for one in page], "next": after}


@router.get(
    "/community/questions/{question}",
    response={200: ThreadOut, **ERRORS},
    summary="One question with answers",
)
def get_question(request: HttpRequest, question: str) -> Any:
    """Return a public question with its public texts."""
    workspace_id = workspace_of(request)
    row = get_thread(workspace_id, number_of(question))
    posts = [one for one in posts_in(row) if one.is_live] if row.is_live else []
    # one that waits looks like one that is not there
    row = row if posts else get_thread(workspace_id, 0)
    return {**_question(row), "posts": [_post(one, row) for one in posts]}


@router.get("/community/reports", response={200: Listed[ReportOut], **ERRORS}, summary="Reports that wait")
def list_reports(
    request: HttpRequest, limit: Annotated[int, Query(ge=1, le=100)] = 25, cursor: str | None = None
) -> Any:
    """List reports that nobody decided, the newest first. They are decided at the desk, by a person."""
    rows, after = page_below(open_reports(workspace_of(request)), cursor, limit)
    items = [
        {
            "id": str(one.pk),
            "code": one.code,
            "ground": one.ground,
            "reason": one.reason,
            "question": str(one.post.thread_id),
            "post": str(one.post_id),
            "created_at": one.created_at,
        }
        for one in rows
    ]
    return {"items": items, "next": after}


@router.get("/community/figures", response={200: FiguresOut, **ERRORS}, summary="Figures of moderation")
def get_figures(
    request: HttpRequest,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
) -> Any:
    """Count what was reported, decided and complained about from one day to another, both within; the last year's."""
    end = until or timezone.now().date()
    begin = since or end - timedelta(days=365)
    found = figures(
        workspace_of(request),
        datetime.combine(begin, time(), UTC),
        datetime.combine(end, time(), UTC) + timedelta(days=1),
    )
    return {
        "reports": found.reports,
        "decisions": found.decisions,
        "limiting_by_ground": found.grounds,
        "limiting_by_source": found.found_by,
        "suspensions": found.bans,
        "complaints": found.appeals,
        "complaints_reversed": found.reversed,
        "automated_decisions": 0,
        "median_hours": found.median_hours,
    }
