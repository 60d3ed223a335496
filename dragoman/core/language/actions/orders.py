"""Ordering translations from people: made, sent, taken back, checked text by text, and put where they belong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import NotFound, Refusal
from dragoman.kit.money import is_currency
from dragoman.kit.tags import is_known, normalise, same

from ..events import OrderChanged
from ..models import OrderText, TranslationOrder
from ..orders import CHECKED, OPEN, REJECTED, RETURNED, choices, texts_of, unit_id
from ..ports import translatables
from ..review import bench_of
from ..xliff import Back, Problem, is_for, read
from .memory import Pair, remember
from .review import check_may_lead

MOST_TEXTS, MOST_TARGETS = 500, 40
State = TranslationOrder.State
_CLOSED = (State.DONE, State.CANCELLED)


@dataclass(frozen=True)
class Wanted:
    """An order as somebody writes it: `texts` are `macro:12`, `cost` is in minor units of `currency`."""

    title: str
    source: str
    targets: Sequence[str]
    texts: Sequence[str]
    vendor: str = ""
    note: str = ""
    cost: int | None = None
    currency: str = ""
    due_on: date | None = None


def _order_refusal(text: Any) -> Refusal:
    return Refusal(text, code="bad_order", status=422)


def _tag(tag: str) -> str:
    known = normalise(tag)
    if not known or not is_known(known):
        raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
    return known


@transaction.atomic
def make_order(workspace_id: int, *, agent: Agent | None, wanted: Wanted) -> TranslationOrder:
    """Store an order with its texts as they are now, in each language; raises Refusal `bad_order`, `bad_language`."""
    check_may_lead(agent)
    source = _tag(wanted.source)
    targets = [tag for tag in dict.fromkeys(_tag(tag) for tag in wanted.targets) if not same(tag, source)]
    if not targets or len(targets) > MOST_TARGETS:
        raise _order_refusal(_("Choose at least one language besides the texts' own."))
    known = {choice.value: choice for choice in choices(workspace_id)}
    chosen = [known[value] for value in dict.fromkeys(wanted.texts) if value in known]
    if not chosen or len(chosen) < len(set(wanted.texts)) or len(chosen) > MOST_TEXTS:
        raise _order_refusal(_("Choose texts that are there, at most 500."))
    without = [choice.matter.title for choice in chosen if not choice.text_in(source).strip()]
    if without:
        raise _order_refusal(_("There is no text in this language: %s.") % ", ".join(without[:5]))
    order = TranslationOrder.objects.create(
        workspace_id=workspace_id, source=source, targets=targets, agent=agent, **_facts(wanted.__dict__)
    )
    OrderText.objects.bulk_create(
        OrderText(
            workspace_id=workspace_id,
            order=order,
            kind=choice.kind,
            ref=choice.matter.ref,
            title=choice.matter.title[:200],
            text=choice.text_in(source),
            target=target,
        )
        for target in targets
        for choice in chosen
    )
    publish(OrderChanged(order_id=order.pk))
    return order


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an order that can be changed later, checked."""
    found: dict[str, Any] = {}
    if "title" in given:
        found["title"] = " ".join(clean(str(given["title"])).split())[:120]
        if not found["title"]:
            raise _order_refusal(_("Give the order a name."))
    for name in ("vendor", "note"):
        if name in given:
            found[name] = clean(str(given[name] or "")).strip()[:2000]
    for name in ("cost", "due_on"):
        if name in given:
            found[name] = given[name]
    if "currency" in given:
        found["currency"] = str(given["currency"] or "").upper()
    cost = found.get("cost")
    if cost is not None and (not 0 <= cost < 10**13 or not is_currency(found.get("currency", ""))):
        raise _order_refusal(_("A cost needs an amount and a currency such as EUR."))
    return found


def _locked(order: TranslationOrder) -> TranslationOrder:
    found = TranslationOrder.objects.filter(workspace_id=order.workspace_id, pk=order.pk)
    return found.select_for_update(of=("self",)).get()


def _changed(order: TranslationOrder, **values: Any) -> None:
    for name, value in {**values, "changed_at": timezone.now()}.items():
        setattr(order, name, value)
    order.save(update_fields=[*values, "changed_at"])
    publish(OrderChanged(order_id=order.pk))


@transaction.atomic
def change_order(
    order: TranslationOrder, *, agent: Agent | None, values: Mapping[str, Any]
) -> TranslationOrder:
    """Change title, vendor, note, cost, currency, due date or state; raises Refusal `bad_order`.

    By hand the state goes to sent, in work, done or cancelled, or back to draft; returned and checked come of
    themselves. What is done needs every text checked.
    """
    check_may_lead(agent)
    found = _locked(order)
    kept = (
        {"cost": found.cost, "currency": found.currency} if "cost" in values or "currency" in values else {}
    )
    facts = _facts({**kept, **{name: value for name, value in values.items() if name != "state"}})
    if state := values.get("state"):
        facts["state"] = _next(found, str(state))
    _changed(found, **facts)
    return found


def _next(order: TranslationOrder, state: str) -> str:
    if state == order.state:
        return state
    if state not in (State.DRAFT, State.SENT, State.IN_WORK, State.DONE, State.CANCELLED):
        raise _order_refusal(_("An order comes to this state by itself."))
    if order.state == State.DONE or (order.state == State.CANCELLED and state != State.DRAFT):
        raise _order_refusal(_("This order is closed."))
    if state == State.DONE and any(text.state != CHECKED for text in texts_of(order)):
        raise _order_refusal(_("Not every text is checked yet."))
    return state


@dataclass(frozen=True)
class Import:
    """What became of a file: how many texts were taken, or why none was."""

    taken: int = 0
    target: str = ""
    problems: Sequence[Problem] = field(default_factory=tuple)

    @property
    def refused(self) -> bool:
        """Say whether nothing was taken."""
        return not self.taken


@transaction.atomic
def take_back(
    order: TranslationOrder, *, agent: Agent | None, content: bytes, partial: bool = False
) -> Import:
    """Take a translated file: all of it or nothing. `partial` takes what is there where texts are missing.

    Raises Refusal `bad_xliff` for what is no such file, `too_large`, `bad_order` for a closed order.
    """
    check_may_lead(agent)
    back = read(content)
    found = _locked(order)
    if found.state in _CLOSED:
        raise _order_refusal(_("This order is closed."))
    target = next((tag for tag in found.targets if is_for(back, source=found.source, target=tag)), "")
    if not target:
        words = {"source": back.source, "target": back.target}
        problem = Problem(
            0, str(_("The file is from %(source)s into %(target)s: not of this order.") % words)
        )
        return Import(problems=[problem])
    mine = {unit_id(text): text for text in texts_of(found, target)}
    problems = _problems(back, mine, partial=partial)
    if any(not problem.warning for problem in problems):
        return Import(target=target, problems=problems)
    taken = 0
    for unit in back.units:
        text = mine.get(unit.id)
        if text is None or text.state == CHECKED:
            continue
        text.said, text.state, text.returned_at, text.reason = unit.text, RETURNED, timezone.now(), ""
        text.save(update_fields=["said", "state", "returned_at", "reason"])
        taken += 1
    if taken:
        _changed(found, state=State.RETURNED)
    return Import(taken, target, problems)


def _problems(back: Back, mine: Mapping[str, OrderText], *, partial: bool) -> list[Problem]:
    """Return what is wrong by line, the whole file first; what only is to be known is a warning."""
    found = list(back.problems)
    for one in back.missing:
        found.append(Problem(one.line, one.text, one.unit, warning=partial))
    came = {unit.id for unit in back.units} | {one.unit for one in [*back.missing, *back.problems]}
    for key, text in mine.items():
        if key not in came and text.state != CHECKED:
            said = str(_("“%s” is not in the file.") % text.title)
            found.append(Problem(0, said, key, warning=partial))
    for unit in back.units:
        if unit.id not in mine:
            found.append(Problem(unit.line, str(_("Nobody ordered this text.")), unit.id, warning=True))
        elif unit.source.strip() != mine[unit.id].text.strip():
            said = str(_("Its source is another one than was sent."))
            found.append(Problem(unit.line, said, unit.id, warning=True))
        elif mine[unit.id].state == CHECKED:
            found.append(
                Problem(unit.line, str(_("This is checked already and stays.")), unit.id, warning=True)
            )
    if not back.units and not any(not one.warning for one in found):
        found.append(Problem(0, str(_("There is no translated text in the file."))))
    return sorted(found, key=lambda one: (one.warning, one.line))[:200]


def _returned(workspace_id: int, agent: Agent | None, pk: int) -> tuple[TranslationOrder, OrderText]:
    rows = OrderText.objects.filter(workspace_id=workspace_id, pk=pk)
    known = rows.first()
    if known is None:
        raise NotFound
    order = _locked(TranslationOrder(workspace_id=workspace_id, pk=known.order_id))
    text = rows.select_for_update(of=("self",)).get()
    if text.state != RETURNED or order.state in _CLOSED:
        raise Refusal(
            _("This was decided meanwhile. Go on with the next one."), code="already_reviewed", status=409
        )
    if agent is not None and not bench_of(workspace_id).may_decide(
        agent, order.source, text.target, author_id=None
    ):
        raise Refusal(
            _("Only reviewers of this pair of languages and leads decide this."),
            code="not_allowed",
            status=403,
        )
    return order, text


@transaction.atomic
def check_text(
    workspace_id: int, *, agent: Agent | None, pk: int, text: str | None = None, author: str = ""
) -> OrderText:
    """Let a returned text be what is said in its language, as it is or as it was changed; the memory keeps it.

    Raises NotFound, Refusal `already_reviewed`, `not_allowed`, `empty`, `gone`.
    """
    order, found = _returned(workspace_id, agent, pk)
    said = found.said if text is None else clean(text).replace("\r\n", "\n").strip()
    if not said:
        raise Refusal(_("Write something first."), code="empty", status=422)
    place = translatables[found.kind]
    if not place.write(workspace_id, found.ref, language=found.target, text=said, source=found.text):
        raise Refusal(_("The text this was ordered for is gone."), code="gone", status=409)
    found.checked, found.state = said, CHECKED
    found.reviewer, found.decided_at = agent, timezone.now()
    found.save(update_fields=["checked", "state", "reviewer", "decided_at"])
    pair = Pair(
        found.text, said, order.source, found.target, origin="review", agent_id=agent.pk if agent else None
    )
    remember(workspace_id, [pair])
    _settle(order)
    return found


@transaction.atomic
def reject_text(workspace_id: int, *, agent: Agent | None, pk: int, reason: str) -> OrderText:
    """Send a returned text back to the translators with a reason, which the next file names."""
    why = " ".join(clean(reason).split())[:1000]
    if not why:
        raise Refusal(_("Say why, so that it can be written anew."), code="reason_needed", status=422)
    order, found = _returned(workspace_id, agent, pk)
    found.state, found.reason, found.reviewer, found.decided_at = REJECTED, why, agent, timezone.now()
    found.save(update_fields=["state", "reason", "reviewer", "decided_at"])
    _settle(order)
    return found


def _settle(order: TranslationOrder) -> None:
    """Let the order's state follow its texts."""
    states = {text.state for text in texts_of(order)}
    if states == {CHECKED}:
        _changed(order, state=State.CHECKED)
    elif RETURNED not in states and states & {REJECTED, OPEN}:
        _changed(order, state=State.IN_WORK)
    else:
        _changed(order)
