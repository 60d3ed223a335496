"""`/tools`: what bots and programs find out for a customer; `/variables` and `/triggers`: the facts behind it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.commerce.ports import GROUPS, conditions_of, facts_in, triggers
from dragoman.core.conversations.countries import whereabouts_of_customer
from dragoman.core.conversations.order_tools import is_identified, rehearse
from dragoman.core.conversations.order_values import zone_for
from dragoman.core.conversations.ports import For, tools
from dragoman.core.customers.queries import get_customer
from dragoman.ground.design.functions import zone_of
from dragoman.kit.errors import NotFound, Refusal

from .conversations import get_conversation, number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Tag

router = Router(tags=["tools"])
Ref = Annotated[str, StringConstraints(max_length=20)]


class ToolOut(Schema):
    """A tool: `schema` is the JSON schema (draft 2020-12) of its arguments."""

    name: str
    description: str
    arguments: dict[str, Any] = Field(alias="schema")
    read_only: bool


class UseIn(In):
    """For whom a tool is used: a `customer`, or a `conversation`'s. `language` is that of its texts, the customer's
    where it is left out. `identified`: you made sure that it is them; else an address of theirs has to be verified."""

    customer: Ref = ""
    conversation: Ref = ""
    language: Tag | None = None
    identified: bool = False
    arguments: dict[str, Any] = {}


class VariableOut(Schema):
    """A fact of an order: a variable of macros (`{name}`), a phrase's `slot`, a condition of automations."""

    name: str
    group: str
    kind: str
    label: str
    slot: str


class ConditionOut(Schema):
    """A fact an automation may ask about, with its operators."""

    fact: str
    kind: str
    operators: list[str]


class TriggerOut(Schema):
    """A moment at which an automation may act: its event, and what it may ask about then."""

    name: str
    label: str
    event: str
    conditions: list[ConditionOut]


@router.get("/tools", response={200: Listed[ToolOut], **ERRORS}, by_alias=True, summary="Tools")
def list_tools(request: HttpRequest) -> Any:
    """List what can be found out for a customer, as function-calling models take it: name, description, schema."""
    items = [
        {"name": name, "description": one.about, "schema": dict(one.arguments), "read_only": not one.changes}
        for name, one in tools.items()
    ]
    return {"items": items, "next": None}


@router.post("/tools/{name}", response={200: dict[str, Any], **ERRORS}, summary="Use a tool")
def use_tool(request: HttpRequest, name: str, data: UseIn) -> Any:
    """Find something out for a customer; 403 `not_identified`, 404 for another's order, 409 `which_order`.

    Of a tool that is not `read_only` this is a preview: orders are changed by `/orders/{number}/cancel` and its like,
    returns by `/returns`, each under its own scope.
    """
    if name not in tools:
        raise NotFound("There is no such tool: GET /tools lists them.")
    return rehearse(tools[name], _whom(request, data), data.arguments)


def _whom(request: HttpRequest, data: UseIn) -> For:
    if not data.conversation and not data.customer:
        raise Refusal("Name a customer or a conversation.", code="nobody_named", status=422)
    conversation = get_conversation(request, data.conversation) if data.conversation else None
    customer = conversation.customer if conversation else None
    if data.customer:
        named = get_customer(workspace_of(request), number_of(data.customer))
        if customer is not None and customer.pk != named.pk:
            raise Refusal("The conversation is another customer's.", code="another_customer", status=422)
        customer = named
    assert customer is not None
    found = whereabouts_of_customer(customer)
    zone = zone_for(conversation) if conversation else zone_of(found.zone if found else "")
    language = data.language or (conversation.language if conversation else "") or customer.language or "en"
    return For(customer, language, zone, conversation, data.identified or is_identified(customer))


@router.get("/variables", response={200: Listed[VariableOut], **ERRORS}, summary="Variables")
def list_variables(request: HttpRequest) -> Any:
    """List the facts of orders, parcels, payments and returns that texts, bots and automations may use."""
    items = [
        {
            "name": one.name,
            "group": str(GROUPS[one.group]),
            "kind": one.kind,
            "label": str(one.label),
            "slot": one.slot,
        }
        for one in facts_in()
    ]
    return {"items": items, "next": None}


@router.get("/triggers", response={200: Listed[TriggerOut], **ERRORS}, summary="Automation triggers")
def list_triggers(request: HttpRequest) -> Any:
    """List the moments at which an automation may act, with the facts it may ask about then."""
    items = [
        {
            "name": name,
            "label": str(one.label),
            "event": one.event.__name__,
            "conditions": [
                {"fact": fact.name, "kind": fact.kind, "operators": list(operators)}
                for fact, operators in conditions_of(one)
            ],
        }
        for name, one in triggers.items()
    ]
    return {"items": items, "next": None}
