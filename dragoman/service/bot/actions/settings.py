"""Deciding what a brand's bot does; leads decide. That it says it is a bot is decided by nobody."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import teams_of
from dragoman.core.conversations.access import locked_conversation
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.understand import INTENTS
from dragoman.ground.events.actions import publish
from dragoman.kit import tags
from dragoman.kit.address import clean

from ..errors import BadBot, NotALead
from ..events import BotChanged, BotTookOver
from ..memory import kept, recalled
from ..models import CHANNELS, Bot, Hours, Talk
from ..queries import forget_bots

_LONGEST_WAIT = 24 * 60


@dataclass(frozen=True, kw_only=True)
class BotWish:
    """What a bot is to be; `languages` and `intents` empty: all; `team` an id; `wording`: by a chat model, checked."""

    is_on: bool
    name: str
    channels: Sequence[str]
    languages: Sequence[str] = ()
    intents: Sequence[str] = ()
    hours: str = Hours.ALWAYS
    after_minutes: int = 5
    team_id: int | None = None
    wording: bool = False


@transaction.atomic
def set_bot(brand: Brand, wish: BotWish, *, agent: Agent | None) -> Bot:
    """Set a brand's bot; raises NotALead, BadBot."""
    if agent is not None and not agent.can_lead:
        raise NotALead
    values = asdict(_checked(brand, wish))
    bot = Bot.objects.filter(workspace_id=brand.workspace_id, brand=brand).first()
    bot = bot or Bot(workspace_id=brand.workspace_id, brand=brand)
    for name, value in values.items():
        setattr(bot, name, value)
    bot.agent, bot.changed_at = agent, timezone.now()
    bot.save()
    publish(BotChanged(brand_id=brand.pk, agent_id=agent.pk if agent else None))
    transaction.on_commit(forget_bots)
    forget_bots()
    return bot


def _checked(brand: Brand, wish: BotWish) -> BotWish:
    name = " ".join(clean(wish.name).split())[:40]
    if not name:
        raise BadBot("name", _("Give the bot a name."))
    unknown = [one for one in wish.channels if one not in CHANNELS]
    if unknown:
        raise BadBot("channels", _("The bot cannot answer on “%(name)s”.") % {"name": unknown[0][:30]})
    if wish.hours not in Hours.values:
        raise BadBot("hours", _("Choose when the bot answers."))
    if not 1 <= wish.after_minutes <= _LONGEST_WAIT:
        raise BadBot("after_minutes", _("Let it wait 1 minute to 24 hours."))
    if any(one not in INTENTS for one in wish.intents):
        raise BadBot("intents", _("There is no such purpose."))
    spoken = [tags.match(one, tags.LANGUAGES) for one in wish.languages]
    if None in spoken:
        raise BadBot("languages", _("Give a language tag such as “fi” or “pt-BR”."))
    here = teams_of(brand.workspace_id)
    if wish.team_id is not None and not here.filter(pk=wish.team_id).exists():
        raise BadBot("team", _("There is no such team."))
    return BotWish(
        is_on=wish.is_on,
        name=name,
        channels=list(dict.fromkeys(wish.channels)),
        languages=sorted({one for one in spoken if one}),
        intents=[one for one in INTENTS if one in wish.intents],
        hours=wish.hours,
        after_minutes=wish.after_minutes,
        team_id=wish.team_id,
        wording=wish.wording,
    )


@transaction.atomic
def give_back(conversation: Conversation, *, agent: Agent | None) -> Talk:
    """Give the word back to the bot, though people have written: it answers what the customer writes from now on."""
    if agent is not None and not agent.can_reply:
        raise NotALead
    found = locked_conversation(conversation.workspace_id, conversation.pk)
    here = Talk.objects.filter(workspace_id=found.workspace_id, conversation_id=found.pk)
    talk = here.select_for_update(of=("self",)).first()
    talk = talk or Talk(workspace_id=found.workspace_id, conversation=found)
    memory = recalled(talk.memory)
    memory.leave_flow()
    memory.back_since = timezone.now().isoformat()
    talk.memory, talk.state, talk.changed_at = kept(memory), Talk.State.TALKING, timezone.now()
    talk.save()
    publish(BotTookOver(conversation_id=found.pk, agent_id=agent.pk if agent else None))
    return talk
