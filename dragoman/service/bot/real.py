"""The shop as it is, for one turn of a talk: tools of the registry, and what is somebody's own only for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.numbers import search_key
from dragoman.core.commerce.queries import orders_of
from dragoman.core.conversations.marks import SIGNED
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.order_tools import NoOwnOrder, is_identified, use
from dragoman.core.conversations.order_values import zone_for
from dragoman.core.conversations.ports import For, tools
from dragoman.core.conversations.routes import EMAIL, sending_mailbox
from dragoman.core.knowledge.wording import Worded

from .actions.proof import ask_code, use_code
from .help import asking_of, helped, in_words
from .memory import Memory, now
from .world import Helped

_MOST: Final = 20


@dataclass
class Real:
    """What answers for the shop while one message is dealt with."""

    conversation: Conversation
    message: Message
    memory: Memory
    language: str
    to: str = ""  # whose mailbox the answer goes to
    worded: Worded | None = None
    uses: int = field(default=0)

    def own_orders(self, *, changing: bool) -> Sequence[str] | None:
        """Return the numbers of a customer whom the shop's server signed in the chat."""
        if not self._is_signed():
            return None
        here = self._orders().filter(customer_id=self.conversation.customer_id)
        return [one.number for one in here.order_by("-placed_at", "-pk")[:_MOST]]

    def is_open_to(self, number: str, *, changing: bool) -> str:
        """Return an order's number where it was shown to be theirs."""
        found = self._found(number, changing=changing)
        return found.number if found else ""

    def send_code(self, number: str, contact: str) -> bool:
        """Have a code sent where number and address belong together; no code is asked for where no mail goes out."""
        if not can_prove(self.conversation):
            return False
        ask_code(self.conversation, number=number, contact=contact, language=self.language)
        return True

    def check_code(self, said: str) -> str:
        """Return the number of the order that a code opens."""
        order = use_code(self.conversation, said)
        if order is None:
            return ""
        self.memory.prove(order.pk, now=now())
        return order.number

    def use(self, tool: str, arguments: Mapping[str, str], *, order: str) -> dict[str, Any]:
        """Use a tool; what is somebody's own only for an order that was shown to be theirs."""
        if tool not in tools:
            raise NoOwnOrder
        self.uses += 1
        one = tools[tool]
        given = dict(arguments)
        customer, known = self.conversation.customer, not one.personal
        if one.personal:
            found = self._found(order, changing=one.changes)
            if found is None or found.customer is None:
                raise NoOwnOrder
            customer, known, given["order"] = found.customer, True, found.number
        whom = For(
            customer,
            self.language,
            zone_for(self.conversation),
            self.conversation,
            identified=known,
            key=f"bot:{self.message.pk}:{tool}:{self.uses}",
        )
        return use(one, whom, given)

    def help(self, question: str) -> Helped:
        """Ask the help centre; what it says is put as a model put it, where that was done beforehand."""
        return in_words(helped(asking_of(self.conversation), question, self.language), self.worded)

    def _is_signed(self) -> bool:
        return bool(self.message.meta.get(SIGNED)) and is_identified(self.conversation.customer)

    def _orders(self) -> Any:
        here = orders_of(self.conversation.workspace_id)
        return here.filter(brand_id=self.conversation.brand_id, anonymised_at=None)

    def _found(self, number: str, *, changing: bool) -> Order | None:
        """Return an order of this number that is theirs: signed, proven by code, or told to its own mailbox alone."""
        key = search_key(number)
        rows = list(self._orders().filter(search_key=key).select_related("customer")[:_MOST]) if key else []
        return next((one for one in rows if self._is_theirs(one, changing=changing)), None)

    def _is_theirs(self, order: Order, *, changing: bool) -> bool:
        if self._is_signed() and order.customer_id == self.conversation.customer_id:
            return True
        proven = self.memory.proven_now(now())
        if order.pk in proven:
            return True
        if order.email and self._orders().filter(pk__in=proven, email=order.email).exists():
            return True
        # an answer by mail is read by whoever has the mailbox; who wrote is not known, so nothing is changed by it
        by_mail = self.message.channel == EMAIL and bool(self.to) and order.email == self.to.strip().lower()
        return by_mail and not changing


def can_prove(conversation: Conversation) -> bool:
    """Say whether a code could go out at all."""
    box = sending_mailbox(conversation.workspace_id, conversation.brand_id)
    return bool(settings.MAIL_URL) or box is not None
