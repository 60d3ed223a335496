"""`/privacy/masking`: what of personal data is masked where it comes in, for the workspace and for its brands."""

from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.accounts.actions import set_brand_masking, set_masking
from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import brands_of
from dragoman.kit.errors import Refusal

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In

router = Router(tags=["privacy"])

Type = Literal["card", "iban", "national_id", "password", "token", "email", "phone"]
Types = Annotated[list[Type], Field(max_length=20)]


class BrandMaskingIn(In):
    """What a brand masks; null for what the workspace does."""

    brand: Annotated[str, StringConstraints(max_length=63)]
    masks: Types | None


class MaskingIn(In):
    """What is named is changed: `masks` is the whole list, of `brands` those that are named."""

    masks: Types | None = None
    envelope_masked_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    brands: Annotated[list[BrandMaskingIn], Field(max_length=200)] = []


class BrandMaskingOut(Schema):
    """What a brand masks; null: what the workspace does."""

    brand: str
    masks: list[str] | None


class MaskingOut(Schema):
    """What is masked where it comes in, how many days the sealed original is kept, whether owners alone open it."""

    masks: list[str]
    envelope_masked_days: int
    envelopes_for_owners: bool
    brands: list[BrandMaskingOut]


def _json(workspace_id: int) -> dict[str, Any]:
    known = Workspace.objects.get(pk=workspace_id)
    return {
        "masks": known.masks,
        "envelope_masked_days": known.envelope_masked_days,
        "envelopes_for_owners": known.envelopes_for_owners,
        "brands": [{"brand": brand.slug, "masks": brand.masks} for brand in brands_of(workspace_id)],
    }


@router.get("/privacy/masking", response={200: MaskingOut, **ERRORS}, summary="What is masked")
def get_masking(request: HttpRequest) -> Any:
    """Return what is masked of what comes in, for the workspace and for each of its brands."""
    return _json(workspace_of(request))


@router.patch("/privacy/masking", response={200: MaskingOut, **ERRORS}, summary="Change it")
def patch_masking(request: HttpRequest, data: MaskingIn) -> Any:
    """Change what is named, all of it or nothing; it holds for what comes in from now on. Who opens originals is for an
    owner to change, in the console."""
    workspace_id = workspace_of(request)
    token_id = request.caller.token_id  # type: ignore[attr-defined]
    brands = {brand.slug: brand for brand in brands_of(workspace_id)}
    for one in data.brands:
        if one.brand not in brands:
            title = f"There is no brand “{one.brand[:40]}” in this workspace."
            raise Refusal(title, code="unknown_brand", status=422)
    changes: dict[str, Any] = {}
    if data.masks is not None:
        changes["masks"] = list(dict.fromkeys(data.masks))
    if data.envelope_masked_days is not None:
        changes["envelope_masked_days"] = data.envelope_masked_days
    with transaction.atomic():
        if changes:
            set_masking(Workspace.objects.get(pk=workspace_id), changes=changes, token_id=token_id)
        for one in data.brands:
            masks: list[str] | None = None if one.masks is None else list(dict.fromkeys(one.masks))
            set_brand_masking(brands[one.brand], masks=masks, token_id=token_id)
    return _json(workspace_id)
