"""`/returns/policies`: what a brand takes back of its own will."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StrictInt, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.ground.providers.shops.shapes import Amount
from dragoman.service.returns.actions.policies import PolicyFacts, remove_return_policy, set_return_policy
from dragoman.service.returns.below_the_law import laws_of_markets, markets_above
from dragoman.service.returns.models import Method, Nature, Payer, ReturnPolicy, Starts
from dragoman.service.returns.queries import policies_of

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Market

router = Router(tags=["returns"])


class PolicyIn(In):
    """A rule; `country`, `category` and `segment` narrow it. `keep_below` needs its currency."""

    brand: Annotated[str, StringConstraints(max_length=63)] = ""
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    days: Annotated[StrictInt, Field(ge=1, le=3650)]
    country: Market = ""
    category: Annotated[str, StringConstraints(max_length=120)] = ""
    segment: Annotated[str, StringConstraints(max_length=20)] = ""
    starts: Starts = Starts.DELIVERY
    payer: Payer = Payer.CUSTOMER
    methods: list[Method] = [Method.OWN_CARRIER]
    excludes: list[Nature] = []
    keep_below: Amount | None = None
    refund_days: Annotated[StrictInt, Field(ge=0, le=3650)] | None = None


class PolicyOut(Schema):
    """A return policy. `law_gives_more`: the brand's markets in whose law's favour it does not count."""

    id: str
    brand: str
    name: str
    days: int
    country: str
    category: str
    segment: str | None
    starts: str
    payer: str
    methods: list[str]
    excludes: list[str]
    keep_below: dict[str, Any] | None
    refund_days: int | None
    law_gives_more: list[str]


def _json(row: ReturnPolicy) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in PolicyOut.model_fields if hasattr(row, name)}
    kept = {"amount": row.keep_below, "currency": row.keep_currency} if row.keep_below else None
    above = markets_above(row, laws_of_markets(row.workspace_id, row.brand_id))
    segment = str(row.segment_id) if row.segment_id else None
    return {
        **plain,
        "id": str(row.pk),
        "brand": row.brand.slug,
        "segment": segment,
        "keep_below": kept,
        "law_gives_more": above,
    }


@router.get("/returns/policies", response={200: Listed[PolicyOut], **ERRORS}, summary="List return policies")
def list_policies(request: HttpRequest) -> Any:
    """List the return policies of all brands."""
    return {"items": [_json(row) for row in policies_of(workspace_of(request))], "next": None}


@router.post("/returns/policies", response={201: PolicyOut, **ERRORS}, summary="Add a return policy")
def add_policy(request: HttpRequest, data: PolicyIn) -> Any:
    """Add a rule; one for a market that gives less than its law is 422 `below_the_law`, with the article; of one for
    all markets the law holds where it gives more (`law_gives_more`)."""
    workspace_id = workspace_of(request)
    kept = data.keep_below
    facts = PolicyFacts(
        name=data.name,
        days=data.days,
        country=data.country,
        category=data.category,
        segment_id=number_of(data.segment) if data.segment else None,
        starts=data.starts,
        payer=data.payer,
        methods=[str(one) for one in data.methods],
        excludes=[str(one) for one in data.excludes],
        keep_below=kept.amount if kept else 0,
        keep_currency=(kept.currency or "") if kept else "",
        refund_days=data.refund_days,
    )
    brand = get_brand(workspace_id, data.brand)
    return Status(201, _json(set_return_policy(workspace_id, agent=None, brand_id=brand.pk, facts=facts)))


@router.delete("/returns/policies/{policy}", response={204: None, **ERRORS}, summary="Remove a return policy")
def remove_policy(request: HttpRequest, policy: str) -> Any:
    """Take a rule away: what the law gives stays."""
    remove_return_policy(workspace_of(request), agent=None, policy_id=number_of(policy))
    return Status(204, None)
