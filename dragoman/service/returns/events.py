"""What happens to returns."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class ReturnPolicyChanged(Event):
    """A brand's return policy was made, changed or taken away."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    policy_id: int
    agent_id: int | None


@dataclass(frozen=True)
class ReturnRequested(Event):
    """Goods are to come back; who asked stands in the return's history."""

    topic_noun: ClassVar[str] = "return"
    return_id: int
    order_id: int


@dataclass(frozen=True)
class ReturnMoved(Event):
    """A return took a step; `agent_id` is None where a customer, a program or the house itself did."""

    topic_noun: ClassVar[str] = "return"
    return_id: int
    order_id: int
    before: str
    state: str
    agent_id: int | None


@dataclass(frozen=True)
class ReturnPortalChanged(Event):
    """A brand opened or closed its return portal, or changed what it offers there."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    agent_id: int


@dataclass(frozen=True)
class EntryCodeAsked(Event):
    """Somebody asked for a code to an order; whether there is one stands in the row alone."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    code_id: int


@dataclass(frozen=True)
class WithdrawalDeclared(Event):
    """A customer withdrew from a contract; `return_id` is None where an agent has to find what it is about."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    withdrawal_id: int
    return_id: int | None


@dataclass(frozen=True)
class ReturnPlaceChanged(Event):
    """A brand's return place was made, changed or taken away; `agent_id` is None where a program did."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    place_id: int
    agent_id: int | None


@dataclass(frozen=True)
class ReturnArranged(Event):
    """It was arranged where a return goes (`place`), when it is fetched (`fetch`), what customs hear (`customs`)."""

    topic_noun: ClassVar[str] = "return"
    return_id: int
    order_id: int
    what: str
    agent_id: int | None
