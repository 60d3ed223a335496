"""Endpoints of the chat's home: looking in the help centre, and where an order is."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dragoman.core.accounts.chat import chat_settings
from dragoman.front.portal.tracking.cards import newest_cards, order_card
from dragoman.front.portal.tracking.looking import look

from . import limits
from .door import Caller, chat_door, read_json, reply, session_of
from .help import count_opened, count_search, find_help, suggest_help
from .own_texts import shopper_of

SHOWN = 4
SUGGESTED = 2
# shorter than this nobody has asked anything yet
ASKED_CHARACTERS = 6


class Sought(BaseModel):
    """What a shopper looks for, or has written so far; it stands in no address, so that no log keeps it."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[str, StringConstraints(max_length=4 * limits.TEXT_CHARACTERS)] = ""


class Opened(BaseModel):
    """Which article."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=1, lt=10**18)]


class Proof(BaseModel):
    """An order's or a parcel's number, and its mail address or postcode."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, StringConstraints(max_length=80)] = ""
    proof: Annotated[str, StringConstraints(max_length=254)] = ""


@chat_door("POST")
def search(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Look in the help centre: 200 `{items}` as of `find_help`, four at most."""
    limits.count((limits.SEARCHES_PER_ADDRESS, caller.address))
    words = read_json(request, Sought).words.strip()[: limits.ASKED_LONGEST]
    shopper = shopper_of(request)
    found = find_help(caller.brand, words, shopper, limit=SHOWN) if words else []
    if words and "Authorization" in request.headers:
        count_search(session_of(request, caller.brand), caller.brand, shopper, words, found)
    return reply({"items": found})


@chat_door("POST")
def suggest(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Say what may answer a message that is being written: 200 `{items}` as of a search, two at most."""
    limits.count((limits.SUGGESTIONS_PER_ADDRESS, caller.address))
    words = read_json(request, Sought).words.strip()[: limits.ASKED_LONGEST]
    if len(words) < ASKED_CHARACTERS or not chat_settings(caller.brand).suggest:
        return reply({"items": []})
    return reply({"items": suggest_help(caller.brand, words, shopper_of(request), limit=SUGGESTED)})


@chat_door("POST")
def read(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Note that a shopper opened an article that was found or suggested: 200 `{}`."""
    who = session_of(request, caller.brand)
    limits.count((limits.READS_PER_SESSION, who.handle))
    count_opened(who, caller.brand, shopper_of(request), read_json(request, Opened).id)
    return reply({})


@chat_door("POST")
def order(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Show where an order is: 200 `{order}`; 404 alike for a wrong number and a wrong proof, 429 as at the page."""
    asked = read_json(request, Proof)
    found = look(caller.brand, asked.number.strip(), asked.proof.strip(), address=caller.address)
    return reply({"order": order_card(caller.brand, found)})


@chat_door("GET")
def orders(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Show the newest orders of the address that the shop signed: 200 `{items}`; nobody else gets any."""
    who = session_of(request, caller.brand)
    limits.count((limits.READS_PER_SESSION, who.handle))
    return reply({"items": list(newest_cards(caller.brand, who.email))})
