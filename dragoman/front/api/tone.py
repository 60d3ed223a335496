"""`/tone/check`: register and manners of a reply, for programs."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import translation
from ninja import Router, Schema
from pydantic import AfterValidator, Field, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.language.manners import Manner, manner_of
from dragoman.core.language.scope import Scope
from dragoman.core.language.tone.check import LONGEST_TEXT, Situation, is_fine
from dragoman.core.language.tone.manners import manners_of
from dragoman.core.language.tone.voices import checked
from dragoman.ground.channels.ports import channels
from dragoman.kit.tags import normalise

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In, Market, Tag

router = Router(tags=["language"])


def _channel(value: str) -> str:
    if value and value not in channels:
        raise ValueError("there is no such channel: give a name such as email or chat")
    return value


Channel = Annotated[str, StringConstraints(max_length=30), AfterValidator(_channel)]


class ToneIn(In):
    """A reply, and for whom: the reader's market and language, the brand, whether the customer complained."""

    market: Market = ""
    language: Tag
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    complaint: bool | None = None
    channel: Channel = ""


class PlaceOut(Schema):
    """A place in the text, in code points, end exclusive."""

    start: int
    end: int


class FindingOut(Schema):
    """One thing to mend; `span` is null where something is missing, `suggestion` is null where none is known.

    Faults: register, particle, honorific, blame, rude, refusal, shouting, joke, taboo. Hints: greeting, closing,
    apology, next_step, long, emoji, formal, banned, language; single rows of marks are a hint of shouting, a no that
    could be explained is a hint of refusal.
    """

    code: str
    severity: Literal["fault", "hint"]
    message: str
    span: PlaceOut | None
    suggestion: str | None


class ToneOut(Schema):
    """What was found; `ok` is false only where register or manners would offend there."""

    ok: bool
    findings: Annotated[list[FindingOut], Field()]
    checked: bool


@router.post("/tone/check", response={200: ToneOut, **ERRORS}, summary="Check the tone of a reply")
def check_tone(request: HttpRequest, data: ToneIn) -> Any:
    """Check a reply's register and manners for a market, without any engine.

    Messages are in the language of `Accept-Language`. `checked` is false for a language that has no rules yet.
    """
    workspace_id = workspace_of(request)
    brand = get_brand(workspace_id, data.brand) if data.brand else None
    language = normalise(data.language)
    market = data.market.upper()
    manner = manner_of(brand, None, None, language, market=market) if brand else Manner()
    scope = Scope(
        workspace_id=workspace_id,
        brand_id=brand.pk if brand else None,
        market=market,
        register=manner.register,
    )
    situation = Situation(data.complaint, data.channel)
    # asked with a token, nobody has chosen a language yet
    with translation.override(translation.get_language_from_request(request)):
        found = checked(data.text, language=language, scope=scope, situation=situation)
    return {
        "ok": is_fine(found),
        "checked": manners_of(language, data.market) is not None,
        "findings": [
            {
                "code": one.code,
                "severity": one.severity,
                "message": one.message,
                "span": None if one.start is None else {"start": one.start, "end": one.end},
                "suggestion": one.suggestion or None,
            }
            for one in found
        ],
    }
