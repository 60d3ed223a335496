"""Junk: put aside and taken back, always by a verdict with its reason; what agents say teaches the filter."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.connections.queries import connections_of
from dragoman.ground.events.actions import publish
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal

from ..access import check_may_reply, locked_conversation
from ..errors import NotAllowed
from ..events import ConversationChanged, ConversationJudged
from ..junk import Why
from ..junk_filter import Text, clues_of
from ..models import (
    Conversation,
    Direction,
    JunkFilter,
    JunkVerdict,
    JunkWord,
    Message,
    SenderRule,
)
from .remove import remove_batch

# a block of one of these would shut out half of the customers
_FREE_MAIL = """gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.jp ymail.com
aol.com icloud.com me.com mac.com gmx.de gmx.net web.de t-online.de freenet.de proton.me protonmail.com mail.ru
yandex.ru qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp
orange.fr wanadoo.fr free.fr laposte.net libero.it wp.pl onet.pl o2.pl interia.pl luukku.com kolumbus.fi
elisanet.fi saunalahti.fi telia.com hotmail.se hot.ee mail.ee uol.com.br bol.com.br terra.com.br ziggo.nl kpnmail.nl"""
EVERYBODYS = frozenset(_FREE_MAIL.split())
LEARNED = 3  # messages of a conversation that the filter looks at
EXAMPLES = 20  # answered conversations that are learned along with one piece of junk


def hide(workspace_id: int, conversation_ids: Sequence[int], *, why: Why) -> None:
    """Put conversations aside as the mail is stored, in the caller's transaction; nothing is learned."""
    Conversation.objects.filter(workspace_id=workspace_id, pk__in=conversation_ids).update(junk=True)
    for pk in conversation_ids:
        _note(workspace_id, pk, junk=True, why=why, agent=None)


def show_again(workspace_id: int, conversation_ids: Sequence[int]) -> None:
    """Take back what was put aside because its customer answered us, in the caller's transaction."""
    hidden = Conversation.objects.filter(workspace_id=workspace_id, pk__in=conversation_ids, junk=True)
    for pk in hidden.values_list("pk", flat=True):
        _note(workspace_id, pk, junk=False, why={"kind": "reply"}, agent=None)
    hidden.update(junk=False)


def mark_junk(conversation: Conversation, *, agent: Agent | None) -> Conversation:
    """Put a conversation aside; the filter learns from it, and its sender's mail passes no more by itself."""
    return _judge(conversation, agent=agent, junk=True)


def mark_not_junk(conversation: Conversation, *, agent: Agent | None) -> Conversation:
    """Take a conversation back; the filter learns, and later mail of its senders passes."""
    return _judge(conversation, agent=agent, junk=False)


def _judge(conversation: Conversation, *, agent: Agent | None, junk: bool) -> Conversation:
    check_may_reply(agent)
    with transaction.atomic():
        found = locked_conversation(conversation.workspace_id, conversation.pk)
        if found.junk == junk:
            return found
        found.junk = junk
        found.save(update_fields=["junk"])
        by = agent.name if agent else "API"
        _note(found.workspace_id, found.pk, junk=junk, why={"kind": "agent", "by": by}, agent=agent)
        _rule_senders(found, agent=agent, junk=junk)
        Message.objects.create(
            workspace_id=found.workspace_id,
            conversation_id=found.pk,
            direction=Direction.EVENT,
            channel="",
            agent=agent,
            author=by,
            event={"kind": "junk" if junk else "not_junk"},
        )
        publish(ConversationChanged(conversation_id=found.pk, field="junk"))
        publish(ConversationJudged(conversation_id=found.pk, junk=junk))
    return found


def _note(workspace_id: int, conversation_id: int, *, junk: bool, why: Why, agent: Agent | None) -> None:
    JunkVerdict.objects.update_or_create(
        workspace_id=workspace_id,
        conversation_id=conversation_id,
        defaults={"junk": junk, "why": dict(why), "agent": agent, "at": timezone.now()},
    )


def _rule_senders(conversation: Conversation, *, agent: Agent | None, junk: bool) -> None:
    """Let senders of what is no junk pass; what is junk ends that."""
    senders = senders_of(conversation)
    rules = SenderRule.objects.filter(workspace_id=conversation.workspace_id, value__in=senders)
    if junk:
        rules.filter(passes=True).delete()
        return
    for sender in senders:
        SenderRule.objects.update_or_create(
            workspace_id=conversation.workspace_id,
            value=sender,
            defaults={"passes": True, "agent": agent, "created_at": timezone.now(), "note": ""},
        )


def senders_of(conversation: Conversation) -> list[str]:
    """Return the mail addresses that wrote in a conversation, newest first."""
    came = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.IN,
        channel="email",
    )
    found = [str(meta.get("from") or "") for meta in came.order_by("-pk").values_list("meta", flat=True)[:50]]
    return [value for value in dict.fromkeys(found) if "@" in value]


def block_sender(workspace_id: int, *, agent: Agent, value: str, note: str = "") -> SenderRule:
    """Send new mail of an address, or of a whole domain with all below it, to the junk; raises Refusal `bad_sender`."""
    check_may_reply(agent)
    settled = _settled(value)
    domain = settled.rpartition("@")[2]
    if settled in EVERYBODYS:
        raise Refusal(
            _("Very many people write from %(domain)s: block single addresses instead.") % {"domain": domain},
            code="bad_sender",
            status=422,
        )
    for own in connections_of(workspace_id).values_list("address", flat=True):
        if settled == own or ("@" not in settled and own.rpartition("@")[2].endswith(settled)):
            raise Refusal(_("This is one of your own addresses."), code="bad_sender", status=422)
    rule, _made = SenderRule.objects.update_or_create(
        workspace_id=workspace_id,
        value=settled,
        defaults={"passes": False, "agent": agent, "note": note[:200], "created_at": timezone.now()},
    )
    return rule


def _settled(value: str) -> str:
    """Return an address or a domain in the form it is compared in."""
    value = value.strip().lower().removeprefix("*").removeprefix("@").removeprefix(".").rstrip(".")
    wrong = Refusal(
        _("Give an address such as “a@b.example”, or a domain such as “b.example”."),
        code="bad_sender",
        status=422,
    )
    if "." not in value.rpartition("@")[2]:
        raise wrong
    try:
        settled = normal_email(value if "@" in value else f"x@{value}")
    except Refusal:
        raise wrong from None
    return settled if "@" in value else settled.removeprefix("x@")


def remove_rule(workspace_id: int, *, agent: Agent, rule_id: int) -> None:
    """Forget a rule: mail of this sender is judged like anybody's again."""
    _check_may_lead(agent)
    SenderRule.objects.filter(workspace_id=workspace_id, pk=rule_id).delete()


def set_filter(workspace_id: int, *, agent: Agent, active: bool, keep_days: int) -> None:
    """Let the filter act or rest, and say how many days junk is kept (0 = for ever)."""
    _check_may_lead(agent)
    JunkFilter.objects.update_or_create(
        workspace_id=workspace_id, defaults={"active": active, "keep_days": keep_days}
    )


@transaction.atomic
def reset_filter(workspace_id: int, *, agent: Agent) -> None:
    """Forget all that the filter learned; verdicts and rules stay."""
    _check_may_lead(agent)
    JunkWord.objects.filter(workspace_id=workspace_id).delete()
    JunkVerdict.objects.filter(workspace_id=workspace_id).update(taught="")
    JunkFilter.objects.filter(workspace_id=workspace_id).update(junk=0, good=0)


def _check_may_lead(agent: Agent) -> None:
    if not agent.can_lead:
        raise NotAllowed


def learn(workspace_id: int, conversation_id: int, *, junk: bool) -> None:
    """Let the filter learn from a verdict, unlearn the opposite, and see some answered conversations beside it."""
    lesson = JunkVerdict.Lesson.JUNK if junk else JunkVerdict.Lesson.GOOD
    _teach(workspace_id, conversation_id, lesson)
    if not junk:
        return
    for pk in _answered_lately(workspace_id):
        _note(workspace_id, pk, junk=False, why={"kind": "answered"}, agent=None)
        _teach(workspace_id, pk, JunkVerdict.Lesson.GOOD)


def _answered_lately(workspace_id: int) -> list[int]:
    """Return a few conversations by mail that we answered and that the filter has not seen."""
    lately = Conversation.objects.filter(workspace_id=workspace_id, junk=False).order_by(
        "-last_message_at", "-pk"
    )
    here = {"workspace_id": workspace_id, "conversation_id": OuterRef("pk")}
    answers = Message.objects.filter(**here, direction=Direction.OUT, channel="email")
    found = Conversation.objects.filter(
        workspace_id=workspace_id, pk__in=list(lately.values_list("pk", flat=True)[:300])
    )
    fresh = found.filter(Exists(answers), ~Exists(JunkVerdict.objects.filter(**here)))
    return list(fresh.order_by("-pk").values_list("pk", flat=True)[:EXAMPLES])


@transaction.atomic
def _teach(workspace_id: int, conversation_id: int, lesson: str) -> None:
    verdict = (
        JunkVerdict.objects.select_for_update(of=("self",))
        .filter(workspace_id=workspace_id, conversation_id=conversation_id)
        .first()
    )
    if verdict is None or verdict.taught == lesson:
        return
    clues = _clues(workspace_id, conversation_id)
    change = {"junk": 0, "good": 0}
    if verdict.taught:
        change[verdict.taught] = -1
    change[lesson] = 1
    _count(workspace_id, sorted(clues), change)
    verdict.taught = lesson
    verdict.save(update_fields=["taught"])


@transaction.atomic
def unlearn(workspace_id: int, conversation_id: int) -> None:
    """Forget what a conversation taught; clues that nobody else gave go altogether."""
    verdict = JunkVerdict.objects.select_for_update(of=("self",)).filter(
        workspace_id=workspace_id, conversation_id=conversation_id
    )
    known = verdict.first()
    if known is None or not known.taught:
        return
    clues = sorted(_clues(workspace_id, conversation_id))
    _count(workspace_id, clues, {"junk": 0, "good": 0, known.taught: -1})
    words = JunkWord.objects.filter(workspace_id=workspace_id, word__in=clues)
    words.filter(junk=0, good=0).delete()
    verdict.update(taught="")


def _clues(workspace_id: int, conversation_id: int) -> set[str]:
    """Return what is telling about the first messages of a conversation: the same ones at each time."""
    came = Message.objects.filter(
        workspace_id=workspace_id, conversation_id=conversation_id, direction=Direction.IN
    ).order_by("pk")[:LEARNED]
    found: set[str] = set()
    for message in came.defer("tsv", "html"):
        sender, subject = str(message.meta.get("from") or ""), str(message.meta.get("subject") or "")
        doubts = tuple(str(doubt) for doubt in message.meta.get("junk") or ())
        found |= clues_of(workspace_id, Text(sender, subject, message.text, doubts))
    return found


def _count(workspace_id: int, clues: Sequence[str], change: dict[str, int]) -> None:
    values: dict[str, Any] = {"workspace": workspace_id, "clues": list(clues), **change}
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO conversations_junkword AS w (workspace_id, word, junk, good)
               SELECT %(workspace)s, word, greatest(%(junk)s, 0), greatest(%(good)s, 0)
               FROM unnest(%(clues)s::text[]) AS c(word) ORDER BY word
               ON CONFLICT (workspace_id, word) DO UPDATE
               SET junk = greatest(w.junk + %(junk)s, 0), good = greatest(w.good + %(good)s, 0)""",
            values,
        )
        cursor.execute(
            """INSERT INTO conversations_junkfilter AS f (workspace_id, active, keep_days, junk, good)
               VALUES (%(workspace)s, true, 0, greatest(%(junk)s, 0), greatest(%(good)s, 0))
               ON CONFLICT (workspace_id) DO UPDATE
               SET junk = greatest(f.junk + %(junk)s, 0), good = greatest(f.good + %(good)s, 0)""",
            values,
        )


def forget_old_junk(workspace_id: int, *, days: int, most: int = 500) -> int:
    """Delete junk that was left alone for `days`, files too, because the workspace asked for it; returns how many."""
    old = Conversation.objects.filter(
        workspace_id=workspace_id, junk=True, last_message_at__lt=timezone.now() - timedelta(days=days)
    )
    ids = list(old.order_by("last_message_at").values_list("pk", flat=True)[:most])
    if not ids:
        return 0
    while remove_batch(workspace_id, ids):
        pass
    return len(ids)
