"""`/bot`: what a brand's bot does, its flows with versions and tests, a simulator, how it did, which team gets what."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import get_brand, teams_of
from dragoman.kit.errors import Refusal
from dragoman.service.bot.actions import flows as writing
from dragoman.service.bot.actions.settings import BotWish, give_back, set_bot
from dragoman.service.bot.actions.triage import remove_team_rule, set_team_rule
from dragoman.service.bot.errors import NoFlow
from dragoman.service.bot.flow_queries import FlowRow, find_flow, flow_rows, results, versions_of
from dragoman.service.bot.flow_shapes import body_of, kept_of
from dragoman.service.bot.flows_known import flows_for
from dragoman.service.bot.help import Asking
from dragoman.service.bot.models import Bot, FlowVersion, TeamRule
from dragoman.service.bot.queries import bot_of
from dragoman.service.bot.rehearsal import failures
from dragoman.service.bot.simulating import Scene, simulate

from .bot_shapes import (
    BotIn,
    BotOut,
    FlowIn,
    FlowOut,
    NumberIn,
    ResultsOut,
    RuleIn,
    RuleOut,
    SceneIn,
    Slug,
    SpokenOut,
    SwitchIn,
    TalkOut,
    TestedOut,
    VersionOut,
)
from .conversations import get_conversation, number_of, workspace_of
from .problems import ERRORS
from .schemas import Listed

router = Router(tags=["bot"])
_DAYS = 30


def _brand_of(workspace_id: int, slug: str) -> Brand:
    return get_brand(workspace_id, slug)


def _bot_json(bot: Bot, brand: Brand) -> dict[str, Any]:
    plain = {name: getattr(bot, name) for name in BotOut.model_fields if hasattr(bot, name)}
    return {**plain, "brand": brand.slug, "on": bot.is_on, "team": str(bot.team_id) if bot.team_id else None}


def _flow_json(row: FlowRow, brands: dict[int, str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "status": row.status,
        "on": row.is_on,
        "ours": row.ours,
        "version": row.live,
        "head": row.head,
        "brand": brands.get(row.brand_id or 0),
        "body": kept_of(row.body),
    }


def _slugs(workspace_id: int) -> dict[int, str]:
    return dict(Brand.objects.filter(workspace_id=workspace_id).values_list("pk", "slug"))


def _flow(workspace_id: int, key: str) -> FlowRow:
    found = find_flow(workspace_id, key)
    if found is None:
        raise NoFlow
    return found


def _version_json(row: FlowVersion) -> dict[str, Any]:
    return {
        "version": row.number,
        "note": row.note,
        "agent": row.agent.name if row.agent else "",
        "created_at": row.created_at,
        "live": row.number == row.flow.live,
        "body": row.body,
    }


@router.get("/bot/settings", response={200: BotOut, **ERRORS}, summary="Read what a bot does")
def read_bot(request: HttpRequest, brand: Slug = "") -> Any:
    """Return what a brand's bot does; without a brand the first one's."""
    found = _brand_of(workspace_of(request), brand)
    return _bot_json(bot_of(found.workspace_id, found.pk), found)


@router.put("/bot/settings", response={200: BotOut, **ERRORS}, summary="Set what a bot does")
def put_bot(request: HttpRequest, data: BotIn, brand: Slug = "") -> Any:
    """Set all of it; what is left out is as it is by default."""
    found = _brand_of(workspace_of(request), brand)
    wish = BotWish(
        is_on=data.on,
        name=data.name,
        channels=data.channels,
        languages=data.languages,
        intents=data.intents,
        hours=data.hours,
        after_minutes=data.after_minutes,
        team_id=number_of(data.team) if data.team else None,
        wording=data.wording,
    )
    return _bot_json(set_bot(found, wish, agent=None), found)


@router.get("/bot/flows", response={200: Listed[FlowOut], **ERRORS}, summary="List flows")
def list_flows(request: HttpRequest) -> Any:
    """List all flows with their newest version, those we wrote among them."""
    workspace_id = workspace_of(request)
    brands = _slugs(workspace_id)
    return {"items": [_flow_json(one, brands) for one in flow_rows(workspace_id)], "next": None}


@router.post("/bot/flows", response={201: FlowOut, **ERRORS}, summary="Write a flow")
def write_flow(request: HttpRequest, data: FlowIn) -> Any:
    """Keep a new version as a draft, or publish it; 422 `bad_flow` with `faults`, `flow_fails` with `failures`."""
    workspace_id = workspace_of(request)
    brand_id = _brand_of(workspace_id, data.brand).pk if data.brand else None
    wish = writing.FlowWish(key=data.key, body=data.body, name=data.name, brand_id=brand_id, note=data.note)
    writing.save_draft(workspace_id, wish, agent=None)
    if data.publish:
        writing.publish_flow(workspace_id, data.key, agent=None)
    return Status(201, _flow_json(_flow(workspace_id, data.key), _slugs(workspace_id)))


@router.get("/bot/flows/{key}", response={200: FlowOut, **ERRORS}, summary="Read a flow")
def read_flow(request: HttpRequest, key: str) -> Any:
    """Return a flow with its newest version."""
    workspace_id = workspace_of(request)
    return _flow_json(_flow(workspace_id, key), _slugs(workspace_id))


@router.patch("/bot/flows/{key}", response={200: FlowOut, **ERRORS}, summary="Switch a flow")
def patch_flow(request: HttpRequest, key: str, data: SwitchIn) -> Any:
    """Switch a flow on or off, also one of ours."""
    workspace_id = workspace_of(request)
    writing.switch_flow(workspace_id, key, is_on=data.on, agent=None)
    return _flow_json(_flow(workspace_id, key), _slugs(workspace_id))


@router.delete("/bot/flows/{key}", response={204: None, **ERRORS}, summary="Remove a flow")
def delete_flow(request: HttpRequest, key: str) -> Any:
    """Take a flow of the workspace away; one of ours is as we wrote it again."""
    writing.remove_flow(workspace_of(request), key, agent=None)
    return Status(204, None)


@router.post("/bot/flows/{key}/publish", response={200: FlowOut, **ERRORS}, summary="Publish a flow")
def publish_flow(request: HttpRequest, key: str, data: NumberIn) -> Any:
    """Let customers get a version; its tests run first, and where one fails it stays a draft: 422 `flow_fails`."""
    workspace_id = workspace_of(request)
    writing.publish_flow(workspace_id, key, agent=None, number=data.version or 0)
    return _flow_json(_flow(workspace_id, key), _slugs(workspace_id))


@router.get("/bot/flows/{key}/versions", response={200: Listed[VersionOut], **ERRORS}, summary="Versions")
def list_versions(request: HttpRequest, key: str) -> Any:
    """List the versions of a flow, the newest first."""
    workspace_id = workspace_of(request)
    _flow(workspace_id, key)
    return {"items": [_version_json(one) for one in versions_of(workspace_id, key)], "next": None}


@router.post("/bot/flows/{key}/restore", response={200: FlowOut, **ERRORS}, summary="Restore a version")
def restore_flow(request: HttpRequest, key: str, data: NumberIn) -> Any:
    """Make an older version the newest draft; 0 is ours."""
    workspace_id = workspace_of(request)
    writing.restore_version(workspace_id, key, data.version or 0, agent=None)
    return _flow_json(_flow(workspace_id, key), _slugs(workspace_id))


@router.post("/bot/flows/{key}/test", response={200: TestedOut, **ERRORS}, summary="Test a flow")
def try_flow(request: HttpRequest, key: str, data: NumberIn) -> Any:
    """Run the tests of a version, the newest where none is named."""
    workspace_id = workspace_of(request)
    row = _flow(workspace_id, key)
    body = row.body
    if data.version:
        body = next(
            (body_of(one.body) for one in versions_of(workspace_id, key) if one.number == data.version), body
        )
    others = flows_for(workspace_id, row.brand_id or 0)
    failed = failures(Asking(workspace_id, row.brand_id), key, body, others)
    return {"passed": not failed, "tests": len(body.tests), "failures": failed}


@router.post("/bot/simulate", response={200: Listed[SpokenOut], **ERRORS}, summary="Rehearse a conversation")
def simulate_talk(request: HttpRequest, data: SceneIn) -> Any:
    """Return what the bot would do with each message; nothing is stored, nobody is written to, no order is touched."""
    brand = _brand_of(workspace_of(request), data.brand)
    scene = Scene(
        said=data.said,
        language=data.language or "",
        known=data.known,
        facts=data.facts,
        key=data.key,
        draft=data.body,
    )
    return {"items": simulate(brand, scene), "next": None}


@router.get("/bot/results", response={200: ResultsOut, **ERRORS}, summary="How the bot did")
def read_results(
    request: HttpRequest,
    brand: Slug = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Any:
    """Count what the bot did from one day to another (UTC, both counted), the last 30 days where none is named."""
    workspace_id = workspace_of(request)
    last = until or timezone.now().date()
    first = since or last - datetime.timedelta(days=_DAYS)
    if first > last:
        raise Refusal("`since` is after `until`.", code="bad_period", status=422)
    start = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    end = datetime.datetime.combine(last, datetime.time(), datetime.UTC) + datetime.timedelta(days=1)
    brand_id = _brand_of(workspace_id, brand).pk if brand else None
    found = results(workspace_id, since=start, until=end, brand_id=brand_id)
    return {
        "outcomes": found.outcomes,
        "conversations": found.talks,
        "handed_over": found.handed_over,
        "alone": found.alone,
    }


@router.get("/bot/teams", response={200: Listed[RuleOut], **ERRORS}, summary="Which team gets what")
def list_rules(request: HttpRequest) -> Any:
    """List the rules by which a conversation gets its team before a person sees it."""
    rules = TeamRule.objects.filter(workspace_id=workspace_of(request)).select_related("brand").order_by("pk")
    return {"items": [_rule_json(one) for one in rules], "next": None}


@router.post("/bot/teams", response={201: RuleOut, **ERRORS}, summary="Say which team gets what")
def add_rule(request: HttpRequest, data: RuleIn) -> Any:
    """Set a rule; it takes the place of one for the same purpose, language and brand."""
    workspace_id = workspace_of(request)
    team = teams_of(workspace_id).filter(pk=number_of(data.team)).first()
    if team is None:
        raise Refusal("There is no such team: GET /teams lists them.", code="unknown_team", status=422)
    brand_id = _brand_of(workspace_id, data.brand).pk if data.brand else None
    rule = set_team_rule(
        workspace_id,
        agent=None,
        team=team,
        intent=data.intent,
        language=data.language or "",
        brand_id=brand_id,
    )
    return Status(201, _rule_json(rule))


@router.delete("/bot/teams/{rule}", response={204: None, **ERRORS}, summary="Remove a rule")
def delete_rule(request: HttpRequest, rule: str) -> Any:
    """Take a rule away; conversations keep their teams."""
    remove_team_rule(workspace_of(request), number_of(rule), agent=None)
    return Status(204, None)


def _rule_json(rule: TeamRule) -> dict[str, Any]:
    return {
        "id": str(rule.pk),
        "team": str(rule.team_id),
        "brand": rule.brand.slug if rule.brand else None,
        "intent": rule.intent,
        "language": rule.language,
    }


@router.post(
    "/conversations/{conversation}/bot", response={200: TalkOut, **ERRORS}, summary="Give back to the bot"
)
def give_to_bot(request: HttpRequest, conversation: str) -> Any:
    """Let the bot answer again what the customer writes from now on, though people have answered."""
    talk = give_back(get_conversation(request, conversation), agent=None)
    return {"conversation": str(talk.conversation_id), "state": talk.state}
