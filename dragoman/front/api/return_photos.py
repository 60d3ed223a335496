"""`/returns/{id}/photos`: photos of what comes back; `/returns/gift-link`: the link for who was given the goods."""

import base64
import binascii
import io
from datetime import datetime
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from dragoman.ground.files.store import TooLarge, open_file
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions.files import LIMIT, add_file
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.entry import portal_of
from dragoman.service.returns.errors import BadFile, NoFile
from dragoman.service.returns.finding import get_file, get_return
from dragoman.service.returns.gifts import gift_token
from dragoman.service.returns.models import FileKind, ReturnFile

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .returns import order_named
from .schemas import In, Listed

router = Router(tags=["returns"])
# base64 is a third longer
_LONGEST: Final = LIMIT * 4 // 3 + 8


class PhotoIn(In):
    """A photo as JPEG, PNG or WebP: `data` is base64. It is drawn anew: place and camera are not kept."""

    name: Annotated[str, StringConstraints(max_length=120)] = ""
    data: str


class PhotoOut(Schema):
    """A photo of a return; `by` is an agent's name, else customer or api. `size` in bytes."""

    id: str
    name: str
    content_type: str
    size: int
    by: str
    at: datetime


class GiftIn(In):
    """The order whose goods were given away."""

    order: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    brand: Annotated[str, StringConstraints(max_length=63)] = ""


class GiftOut(Schema):
    """The page for who was given the goods: without prices or the buyer's name, good for 400 days."""

    url: str


def _json(one: ReturnFile) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "name": one.name,
        "content_type": one.media_type,
        "size": one.size,
        "by": one.agent.name if one.agent else one.actor,
        "at": one.at,
    }


@router.post(
    "/returns/{return_id}/photos", response={201: PhotoOut, **ERRORS}, summary="Add a photo to a return"
)
def add_photo(request: HttpRequest, return_id: str, data: PhotoIn) -> Any:
    """Keep a photo of what comes back. 422 `bad_file` for what is none, 413 `too_large` above 10 MB, 409
    `too_many_files` above 20 files of a return."""
    workspace_id = workspace_of(request)
    made = get_return(workspace_id, number_of(return_id))
    if len(data.data) > _LONGEST:
        raise TooLarge(str(BadFile.message), details={"limit": LIMIT})
    try:
        content = base64.b64decode(data.data, validate=True)
    except (binascii.Error, ValueError):
        raise Refusal("`data` is not base64.", code="bad_data", status=422) from None
    kept = add_file(
        workspace_id,
        made.pk,
        by=By("api"),
        kind=FileKind.PHOTO,
        name=data.name,
        source=io.BytesIO(content),
    )
    return Status(201, _json(kept))


@router.get(
    "/returns/{return_id}/photos", response={200: Listed[PhotoOut], **ERRORS}, summary="Photos of a return"
)
def list_photos(request: HttpRequest, return_id: str) -> Any:
    """List the photos of a return, the oldest first; all of them are on one page."""
    made = get_return(workspace_of(request), number_of(return_id))
    return {"items": [_json(one) for one in made.files.all() if one.kind == FileKind.PHOTO], "next": None}


@router.get("/returns/{return_id}/photos/{photo_id}", response={200: str, **ERRORS}, summary="One photo")
def one_photo(request: HttpRequest, return_id: str, photo_id: str) -> HttpResponse:
    """Return a photo as a picture."""
    found = get_file(workspace_of(request), number_of(return_id), number_of(photo_id))
    if found.kind != FileKind.PHOTO:
        raise NoFile
    with open_file(found.file_key) as file:
        return HttpResponse(
            file.read(), content_type=found.media_type, headers={"X-Content-Type-Options": "nosniff"}
        )


@router.post("/returns/gift-link", response={200: GiftOut, **ERRORS}, summary="A link for a gift")
def gift_link(request: HttpRequest, data: GiftIn) -> Any:
    """Return the link that a shop prints on a gift receipt: whoever has it sends the goods back for store credit or
    other goods. 409 `no_gifts` where the brand offers neither in its portal."""
    order = order_named(request, data.order, data.brand)
    token = gift_token(order, order.brand, portal_of(order.brand))
    base = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    return {"url": base + reverse("returns_gift", args=[order.brand.slug, token])}
