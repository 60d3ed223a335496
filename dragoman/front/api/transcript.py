"""`GET /conversations/{id}/transcript`: a conversation as a document."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Query, Router

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.transcript import Texts, plain_lines, transcript_of, transcript_pdf

from .conversations import get_conversation, workspace_of
from .problems import ERRORS

router = Router(tags=["conversations"])


@router.get("/conversations/{conversation}/transcript", response={200: str, **ERRORS}, summary="A transcript")
def get_transcript(
    request: HttpRequest,
    conversation: str,
    format: Annotated[Literal["text", "html", "pdf"], Query()] = "text",
    texts: Annotated[Texts, Query()] = "original",
    notes: Annotated[bool, Query()] = False,
) -> Any:
    """Return what passed between customer and shop as text, HTML or PDF, times in UTC; nothing internal unless `notes`.

    PDF answers 503 `no_font` where the server has no font for a script of the conversation.
    """
    found = get_conversation(request, conversation)
    reader = workspace_facts(workspace_of(request)).language
    spoken = transcript_of(found, reader=reader, texts=texts, notes=notes)
    if format == "text":
        return HttpResponse("".join(plain_lines(spoken)), content_type="text/plain; charset=utf-8")
    if format == "pdf":
        name = found.customer.name or f"#{found.number}"
        return HttpResponse(
            transcript_pdf(found, spoken, name=name, zone="UTC"), content_type="application/pdf"
        )
    matter = {"spoken": spoken, "zone": "UTC", "title": found.subject or f"#{found.number}"}
    return render(request, "api/transcript.html", matter)
