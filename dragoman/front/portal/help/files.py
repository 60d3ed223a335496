"""Pictures and documents of articles, by an address that nobody guesses."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dragoman.core.knowledge.models import ArticleFile
from dragoman.core.knowledge.queries import is_read_by_customers
from dragoman.ground.files.store import open_file
from dragoman.kit import workspace

_BIGGEST = 2**62


@require_safe
def file(request: HttpRequest, workspace_id: int, token: str) -> HttpResponse:
    """Return a file of an article that customers read; of any article to an agent of its team."""
    if workspace_id > _BIGGEST or len(token) > 32:
        raise Http404
    agent = getattr(request, "agent", None)
    with workspace.acting_in(workspace_id):
        found = (
            ArticleFile.objects.filter(workspace_id=workspace_id, token=token)
            .select_related("article")
            .first()
        )
        is_mine = agent is not None and agent.workspace_id == workspace_id
        if found is None or not (is_mine or is_read_by_customers(found.article)):
            raise Http404
        try:
            with open_file(found.file_key) as kept:
                content = kept.read()
        except FileNotFoundError:
            raise Http404 from None
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=300" if is_mine else "public, max-age=3600",
        "Content-Disposition": str(content_disposition_header(not found.is_picture, found.name)),
    }
    return HttpResponse(content, content_type=found.media_type, headers=headers)
