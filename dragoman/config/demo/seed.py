"""Making the demo workspace once, from the TOML files beside this module."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from django.utils import timezone

from dragoman.core.accounts import actions as accounts
from dragoman.core.accounts.models import Agent, Brand, User
from dragoman.core.accounts.queries import agents_of, find_workspace, get_brand
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions.history import Said, Story, store_story
from dragoman.core.customers.actions import create_customer, index_customers
from dragoman.core.customers.actions.fields import Definition, define_field, set_fields
from dragoman.core.customers.actions.preferences import Consent, keep_preference
from dragoman.core.customers.models import Customer
from dragoman.core.language.actions.glossary import keep_words
from dragoman.core.segments.actions.segments import save_segment
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.localised import Entry, get_entry
from dragoman.core.texts.signatures import KIND as SIGNATURE
from dragoman.ground.channels.chat import handle_of
from dragoman.kit import workspace
from dragoman.kit.variants import EVERY, parted
from dragoman.service.bot.actions.settings import BotWish, set_bot
from dragoman.service.bot.models import NAME, Hours

from .articles import pour_articles
from .community import pour_community
from .matters import pour_matters, pour_sending
from .orders import orders_data, pour_orders

SLUG = "demo"
BRANDS = (("kaisla", "Kaisla", "#7a4b1e"), ("northbound", "Northbound", "#1f5f5b"))
# what the stories' stored translations are marked with: people wrote them, no engine
BY_PEOPLE = "people"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))


def _stories() -> Iterator[dict[str, Any]]:
    folder = files(__package__).joinpath("data")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith("conversations-"):
            yield from _read(entry.name)["conversations"]


def seed(password: str) -> bool:
    """Store the demo workspace unless it is there; returns whether it was made now."""
    if find_workspace(SLUG) is not None:
        return False
    made = accounts.create_workspace(SLUG, name="Demo", demo=True)
    with workspace.acting_in(made.pk):
        people = _read("people.toml")
        brands = _brands(made.pk)
        agents = _agents(made.pk, people, password)
        customers = {entry["key"]: _customer(made.pk, entry) for entry in people["customers"]}
        index_customers(made.pk, [customer.pk for customer in customers.values()])
        entries = {entry["key"]: entry for entry in people["customers"]}
        teller = _Teller(brands, agents, customers, entries)
        for number, facts in enumerate(_stories()):
            store_story(teller.story(number, facts))
        _known(made.pk, customers)
        pour_orders(_stories(), brands, entries, now=teller.now)
        pour_sending(made.pk, orders_data(), brands)
        pour_matters(made.pk, orders_data(), agents, now=teller.now)
        pour_articles(brands[BRANDS[0][0]], agents, now=teller.now)
        pour_community(made.pk, brands, lead=agents["greta"])
        for entry in _read("macros.toml")["macros"]:
            save_macro(made.pk, agent=None, written=Written(**entry))
    return True


def _known(workspace_id: int, customers: dict[str, Customer]) -> None:
    """Define what the shop keeps about its customers, and group them by it."""
    about = _read("about.toml")
    for entry in about["fields"]:
        define_field(workspace_id, agent=None, wish=Definition(**entry))
    for key, values in about["values"].items():
        set_fields(customers[key], values=values)
    for entry in about["preferences"]:
        consent = Consent(how=entry["how"])
        keep_preference(
            customers[entry["customer"]],
            kind=entry["kind"],
            value=entry["value"],
            consent=consent,
            agent=None,
        )
    for entry in about["segments"]:
        save_segment(workspace_id, agent=None, name=entry["name"], clauses=entry["clauses"])


def _brands(workspace_id: int) -> dict[str, Brand]:
    first = get_brand(workspace_id)
    slug, name, colour = BRANDS[0]
    accounts.change_brand(first, changes={"slug": slug, "name": name, "colour": colour})
    brands = {slug: first}
    for slug, name, colour in BRANDS[1:]:
        brands[slug] = accounts.create_brand(workspace_id, slug=slug, name=name)
        accounts.change_brand(brands[slug], changes={"colour": colour})
    for slug, brand in brands.items():
        _texts(brand)
        keep_words(workspace_id, brand_id=brand.pk, words=[brand.name])
        add_mailbox(brand, address=f"help@{slug}.example", name=brand.name)
        # one brand's bot answers at once, the other's leaves the first word to people
        hours = Hours.UNANSWERED if slug == BRANDS[0][0] else Hours.ALWAYS
        bot = BotWish(is_on=True, name=NAME, channels=["chat"], hours=hours, after_minutes=2)
        set_bot(brand, bot, agent=None)
    return brands


def _texts(brand: Brand) -> None:
    """Write what a brand says by itself; the source of each goes first."""
    write_variant(
        brand.workspace_id,
        Entry(SIGNATURE, SIGNATURE, brand),
        Wording("{brand.name}", EVERY),
        agent=None,
    )
    for text in _read("texts.toml")["texts"]:
        for name, words in text["texts"].items():
            entry = get_entry(brand.workspace_id, Entry(text["kind"], text["key"], brand).ref)
            write_variant(brand.workspace_id, entry, Wording(words, *parted(name)), agent=None)


def _agents(workspace_id: int, people: dict[str, Any], password: str) -> dict[str, Agent]:
    agents: dict[str, Agent] = {}
    for entry in people["agents"]:
        seat = accounts.add_agent(
            workspace_id, email=entry["email"], name=entry["name"], role=entry["role"], password=password
        )
        accounts.change_agent(
            seat,
            changes={
                "time_zone": entry["time_zone"],
                "ui_language": entry["ui_language"],
                "languages": entry["languages"],
            },
        )
        agents[entry["email"].partition("@")[0]] = seat
    User.objects.filter(pk__in=[seat.user_id for seat in agents.values()]).update(is_demo=True)
    for team in people["teams"]:
        members = [
            agents[entry["email"].partition("@")[0]]
            for entry in people["agents"]
            if team["name"] in entry["teams"]
        ]
        accounts.set_team(workspace_id, name=team["name"], members=members)
    return {agent.user.email.partition("@")[0]: agent for agent in agents_of(workspace_id)}


def _customer(workspace_id: int, entry: dict[str, Any]) -> Customer:
    kinds = [(kind, entry[kind], True) for kind in ("email", "phone", "handle") if entry.get(kind)]
    return create_customer(
        workspace_id,
        identities=kinds,
        name=entry["name"],
        language=entry["language"],
        market=entry["market"],
    )


class _Teller:
    """Turns the files' stories into stored ones."""

    def __init__(
        self,
        brands: dict[str, Brand],
        agents: dict[str, Agent],
        customers: dict[str, Customer],
        entries: dict[str, dict[str, Any]],
    ) -> None:
        self.brands, self.agents, self.customers, self.entries = brands, agents, customers, entries
        self.now = timezone.now()
        self.mailboxes = {slug: f"help@{slug}.example" for slug in brands}

    def story(self, number: int, facts: dict[str, Any]) -> Story:
        """Return one story with its times counted from now."""
        brand, customer = self.brands[facts["brand"]], self.customers[facts["customer"]]
        entry = self.entries[facts["customer"]]
        at = self.now - timedelta(hours=facts["hours_ago"])
        messages = []
        for place, said in enumerate(facts["messages"]):
            at += timedelta(minutes=said.get("minutes_later", 0))
            messages.append(self._said(facts, said, entry, brand, at, f"demo-{number}-{place}"))
        snoozed = facts["status"] == "snoozed"
        return Story(
            brand=brand,
            customer=customer,
            channel=messages[-1].channel or facts["channel"],
            language=entry["language"],
            messages=messages,
            thread_key=f"demo:{number}",
            subject=facts.get("subject", ""),
            status=facts["status"],
            priority=facts["priority"],
            intent=facts["intent"],
            tags=facts.get("tags", []),
            assignee=self.agents.get(facts.get("assignee", "")),
            snoozed_until=self.now + timedelta(hours=18) if snoozed else None,
        )

    def _said(
        self,
        facts: dict[str, Any],
        said: dict[str, Any],
        entry: dict[str, Any],
        brand: Brand,
        at: datetime,
        key: str,
    ) -> Said:
        channel = said.get("channel", facts["channel"])
        direction = said["direction"]
        note = direction == "note"
        agent = self.agents.get(said.get("agent", ""))
        address = entry.get("email") or entry.get("phone") or entry.get("handle") or ""
        meta: dict[str, Any] = {"from": address} if direction == "in" else {"to": address}
        if facts.get("subject") and channel == "email":
            meta["subject"] = facts["subject"]
        return Said(
            direction=direction,
            channel=channel,
            at=min(at, self.now),
            text=said["text"],
            language="en" if note else entry["language"],
            source=self._source(channel, brand, entry),
            author=agent.name if agent else entry["name"],
            agent=agent,
            original=said.get("original", ""),
            original_language="en" if said.get("original") else "",
            translation=said.get("english", ""),
            external_id=f"{key}@{brand.slug}.example" if direction == "in" else None,
            engine=BY_PEOPLE,
            meta={} if note else meta,
        )

    def _source(self, channel: str, brand: Brand, entry: dict[str, Any]) -> str:
        if channel == "email":
            return f"email:{self._mailbox(brand)}"
        if channel == "chat":
            seed_words = f"email:{entry['email']}" if entry.get("email") else f"visitor:{entry['key']}"
            return f"chat:{brand.pk}:{handle_of(brand.workspace_id, brand.slug, seed_words)}"
        return "api"

    def _mailbox(self, brand: Brand) -> int:
        return int(brand.connection_set.values_list("pk", flat=True).get(address=self.mailboxes[brand.slug]))
