"""`/language/engines`: the translation engines of a workspace, for programs."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.connections.spending import MILLION, UsedUp, used_this_month
from dragoman.core.connections.vendor_accounts import Terms, accounts_of, get_account
from dragoman.core.connections.vendor_models import LONGEST, VendorAccount, VendorUsage
from dragoman.core.language.actions.engines import add_engine, remove_engine
from dragoman.core.language.line_up import all_engines
from dragoman.core.language.trial import try_engine
from dragoman.core.language.vendors import FAMILY
from dragoman.kit.errors import OutsideError, Refusal

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In

router = Router(tags=["language"])

Amount = Annotated[int, Field(ge=0, le=2_000_000_000)]
Words = Annotated[str, StringConstraints(max_length=10_000)]


class EngineIn(In):
    """An account at a vendor; `given` holds what the vendor asks for: address, key, project, region ..."""

    vendor: Literal["deepl", "google", "azure", "llm", "libretranslate", "apertium"]
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    given: Annotated[dict[str, Words], Field(max_length=12)] = {}
    timeout: Annotated[int, Field(ge=1, le=LONGEST)] = 20
    price: Amount = 0
    most_characters: Amount | None = None
    most_money: Amount | None = None


class EngineOut(Schema):
    """One engine. `id` is null for those of the installation; `key` names it in orders and logs; no secret is told.

    `price` is in minor units of the workspace's currency for a million characters, `used` is of this month (UTC).
    """

    id: str | None
    key: str
    vendor: str
    name: str
    address: str | None
    state: Literal["new", "working", "failing", "off"] | None
    last_error: str | None
    last_worked_at: datetime | None
    leaves_house: bool
    timeout: int | None
    price: int
    most_characters: int | None
    most_money: int | None
    used_characters: int
    used_money: int


class EnginesOut(Schema):
    """The engines of a workspace, its own first, then the installation's."""

    items: list[EngineOut]


class TriedOut(Schema):
    """What an engine made of a sentence of ours, in `seconds`; else `problem` in its own words."""

    works: bool
    text: str | None = None
    problem: str | None = None
    seconds: float | None = None


def _of_account(account: VendorAccount, used: VendorUsage | None, *, leaves: bool) -> dict[str, Any]:
    return {
        "id": str(account.pk),
        "key": account.key,
        "vendor": account.vendor,
        "name": account.name,
        "address": account.address or None,
        "state": account.state,
        "last_error": account.last_error or None,
        "last_worked_at": account.last_worked_at,
        "leaves_house": leaves,
        "timeout": account.patience,
        "price": account.price,
        "most_characters": account.most_characters,
        "most_money": account.most_money,
        "used_characters": used.characters if used else 0,
        "used_money": round(used.cost / MILLION) if used else 0,
    }


def _all(workspace_id: int) -> list[dict[str, Any]]:
    used = used_this_month(workspace_id, family=FAMILY)
    known = {machine.key: machine for machine in all_engines(workspace_id)}
    items = []
    for account in accounts_of(workspace_id, family=FAMILY):
        machine = known.pop(account.key, None)
        leaves = machine is None or not machine.is_at_home
        items.append(_of_account(account, used.get(account.key), leaves=leaves))
    for key, machine in known.items():
        usage = used.get(key)
        items.append(
            {
                "id": None,
                "key": key,
                "vendor": machine.engine.name,
                "name": machine.engine.name,
                "address": machine.host or None,
                "state": None,
                "last_error": machine.problem or None,
                "last_worked_at": None,
                "leaves_house": not machine.is_at_home,
                "timeout": None,
                "price": 0,
                "most_characters": None,
                "most_money": None,
                "used_characters": usage.characters if usage else 0,
                "used_money": 0,
            }
        )
    return items


@router.get("/language/engines", response={200: EnginesOut, **ERRORS}, summary="List translation engines")
def list_engines(request: HttpRequest) -> Any:
    """List what translates free text for this workspace, with this month's use. No engine is asked."""
    return {"items": _all(workspace_of(request))}


@router.post("/language/engines", response={201: EngineOut, **ERRORS}, summary="Add a translation engine")
def post_engine(request: HttpRequest, data: EngineIn) -> Any:
    """Add an account at a vendor; 422 `bad_engine` says what is missing, 409 `name_taken`. It is not asked yet."""
    workspace_id = workspace_of(request)
    terms = Terms(data.name, data.timeout, data.price, data.most_characters, data.most_money)
    account = add_engine(workspace_id, vendor=data.vendor, given=data.given, terms=terms)
    return Status(201, next(one for one in _all(workspace_id) if one["key"] == account.key))


@router.delete("/language/engines/{engine}", response={204: None, **ERRORS}, summary="Remove an engine")
def delete_engine(request: HttpRequest, engine: str) -> Any:
    """Remove an account and forget its key; the log of what it was given stays."""
    remove_engine(workspace_of(request), number_of(engine))
    return Status(204, None)


@router.post("/language/engines/{engine}/test", response={200: TriedOut, **ERRORS}, summary="Test an engine")
def test_engine(request: HttpRequest, engine: str) -> Any:
    """Let an engine translate one sentence of ours; 409 `budget_used_up` where its budget does not hold it."""
    account = get_account(workspace_of(request), number_of(engine), family=FAMILY)
    try:
        tried = try_engine(account)
    except UsedUp:
        raise Refusal(_("The budget of this month is used up."), code="budget_used_up", status=409) from None
    except (OutsideError, ValueError) as error:
        return {"works": False, "problem": str(error)}
    return {"works": True, "text": tried.said, "seconds": round(tried.seconds, 3)}
