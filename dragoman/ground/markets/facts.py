"""What may be said of a market: one model a kind of fact, checked when a playbook's file or an override is read.

Words are codes, so that they are told in the reader's language and two markets can be compared; what no code says
stands in a fact's note.
"""

from datetime import time
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    field_validator,
)

from dragoman.kit.tags import normalise

from .border_facts import ImportCharges, ImportRelief, SalesTax
from .values import Money, Value
from .zones import zone_today

__all__ = ["EXTRA", "KINDS", "LEGAL", "ImportCharges", "ImportRelief", "Money", "SalesTax", "Value"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHANNELS = (
    "email", "chat", "phone", "sms", "whatsapp", "messenger", "instagram", "line", "wechat", "kakaotalk", "zalo",
    "telegram", "viber", "x", "tiktok", "snapchat", "facebook", "app",
)  # fmt: skip

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DayType = Literal["calendar", "business"]
# no promise and no law goes further, and no calendar can
MOST_MINUTES, MOST_DAYS, MOST_MONTHS = 43_200, 3660, 1200
_CODE = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")


def _tag(written: str) -> str:
    if not written or normalise(written) != written:
        raise ValueError(f"{written!r} is no BCP 47 language tag in its usual form")
    return written


Tag = Annotated[str, AfterValidator(_tag)]
Days = Annotated[int, Field(ge=0, le=MOST_DAYS)]
Months = Annotated[int, Field(ge=0, le=MOST_MONTHS)]
YearlyDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/\S*)?$")]


class Languages(RootModel[tuple[Tag, ...]]):
    """The languages customers are served in there, the most usual first."""

    model_config = ConfigDict(frozen=True)
    root: tuple[Tag, ...] = Field(min_length=1)


class TimeZone(RootModel[str]):
    """The zone most customers live in (IANA), where a country has several."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _is_one(cls, value: str) -> str:
        if not zone_today(value):
            raise ValueError("give a time zone such as Asia/Bangkok")
        return value


class Currency(RootModel[str]):
    """What people pay with, only where CLDR does not know it yet."""

    model_config = ConfigDict(frozen=True)
    root: str = Field(pattern=r"^[A-Z]{3}$")


class Interval(Value):
    """From one time of day to another on some weekdays; an end that is not after the start is on the next day."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    start: time
    end: time


class Hours(RootModel[tuple[Interval, ...]]):
    """When shops answer customers there; public holidays are closed."""

    model_config = ConfigDict(frozen=True)
    root: tuple[Interval, ...] = Field(min_length=1)


class QuietHours(Value):
    """When nobody should be written to or called unasked, in the customer's time."""

    start: time
    end: time
    days_off: tuple[Weekday, ...] = ()
    holidays_off: bool = False


class Names(Value):
    """Which name stands first and how a customer is written to (CLDR personNames patterns)."""

    order: Literal["given_first", "surname_first"]
    formal: str = ""
    informal: str = ""
    honorific: str = ""


class Register(Value):
    """The level a service writes in; `form` is the word itself (Sie, vous, 丁寧語)."""

    level: Literal["formal", "polite", "informal"]
    form: str = ""


class Directness(Value):
    """How plainly things are said; `refusal` how a no is said."""

    level: Literal["direct", "moderate", "indirect"]
    refusal: Literal["plain", "explained", "cushioned"] | None = None


class Greeting(Value):
    """How a message opens and closes: examples in the market's language, and customs."""

    opening: str = ""
    closing: str = ""
    customs: tuple[
        Literal[
            "time_of_day", "title_and_surname", "title_and_given_name", "given_name", "no_given_name", "religious",
            "season", "wellbeing", "thanks_for_contact", "short", "self_introduction", "vocative", "particle",
        ],
        ...,
    ] = ()  # fmt: skip


class Apology(Value):
    """How a shop says sorry there."""

    manner: Literal["first_and_often", "first_and_once", "once_and_solution", "solution_first"]
    customs: tuple[
        Literal["no_excuses", "explain_cause", "formal_words", "name_who_is_responsible", "save_face", "compensation"],
        ...,
    ] = ()  # fmt: skip


class Humour(Value):
    """Whether a joke may stand in an answer."""

    level: Literal["avoid", "only_when_settled", "welcome"]


class Taboos(RootModel[tuple[Annotated[str, _CODE], ...]]):
    """What is not spoken of, or not joked about."""

    model_config = ConfigDict(frozen=True)
    root: tuple[
        Literal[
            "alcohol", "body_and_dress", "borders", "colonial_past", "dialect_mockery", "disputed_names", "ethnicity",
            "family_and_income", "flag_and_nation", "gender_relations", "head_of_state", "left_hand", "lgbt",
            "monarchy", "number_four", "personal_failure", "politics", "pork", "religion", "sexuality", "war_past",
            "white_flowers", "clocks_as_gift", "red_ink", "health", "age", "army", "neighbour_comparison",
        ],
        ...,
    ]  # fmt: skip


class ResponseTimes(RootModel[dict[str, int]]):
    """Within how many minutes people expect a first answer, by channel."""

    model_config = ConfigDict(frozen=True)
    root: dict[Literal[CHANNELS], Annotated[int, Field(gt=0, le=MOST_MINUTES)]] = Field(min_length=1)  # type: ignore[valid-type]


class PreferredChannels(RootModel[tuple[str, ...]]):
    """Where people like to talk to a shop, the most liked first."""

    model_config = ConfigDict(frozen=True)
    root: tuple[Literal[CHANNELS], ...] = Field(min_length=1)  # type: ignore[valid-type]


class PaymentMethod(Value):
    """One way to pay: its share of online purchases in percent, and how a refund goes.

    `refund_days` is (from, to) until the money is there; `refund_to` says where it goes.
    """

    method: str = _CODE
    share: float | None = Field(default=None, gt=0, le=100)
    refund_days: tuple[Days, Days] | None = None
    refund_to: Literal["same_way", "bank_account", "store_credit"] | None = None


class Payments(RootModel[tuple[PaymentMethod, ...]]):
    """How people pay online, the most used first."""

    model_config = ConfigDict(frozen=True)
    root: tuple[PaymentMethod, ...] = Field(min_length=1)


class Withdrawal(Value):
    """The right to send goods back that were bought at a distance.

    `unless_policy_shown`: only where the shop showed no policy of its own; `regional`: provinces or states decide.
    `delivery_or_order` is the later of both, and delivery is that of the last parcel. `counts_first_day`: the day of
    the event is the first of the days. `never_ends_on`: days (weekdays, `holiday`, a day of the year such as 12-24) on
    which the time does not end, but on the next that is none of them. `excludes`: goods the right is not for. Where
    the shop did not inform, `months_more` are added to the end (`more_from`: to the beginning), or there are
    `days_if_not_informed`, or the time has not begun (`waits_for_information`).
    """

    right: Literal["statutory", "unless_policy_shown", "regional", "none"]
    days: Days | None = None
    day_type: DayType = "calendar"
    starts: Literal["delivery", "order", "delivery_or_order"] | None = None
    months_more_if_not_informed: Months | None = None
    more_from: Literal["end", "start"] = "end"
    days_if_not_informed: Days | None = None
    waits_for_information: bool = False
    counts_first_day: bool = False
    never_ends_on: tuple[Weekday | Literal["holiday", "good_friday", "midsummer_eve"] | YearlyDay, ...] = ()
    excludes: tuple[Literal["custom_made", "hygiene", "digital", "perishable", "sealed_media"], ...] = ()


class RefundDeadline(Value):
    """Until when the money must be sent back; 0 days is at once."""

    days: Days
    day_type: DayType = "calendar"
    starts: Literal["notice", "goods_back"]
    may_wait_for_goods: bool | None = None


class ReturnCost(Value):
    """Who pays for sending goods back."""

    payer: Literal["consumer", "trader", "consumer_if_told"]


class Guarantee(Value):
    """How long the seller answers for faults; `form` where there is no fixed time."""

    months: int | None = Field(default=None, gt=0, le=MOST_MONTHS)
    form: Literal["fixed", "at_least", "expected_lifetime", "limitation_period"] = "fixed"
    burden_months: Months | None = None


class Privacy(Value):
    """The law on personal data: how long there is to answer a request, and to report a breach."""

    regime: str
    access_days: int | None = Field(default=None, gt=0, le=MOST_DAYS)
    access_months: int | None = Field(default=None, gt=0, le=MOST_MONTHS)
    day_type: DayType = "calendar"
    extension_days: Days | None = None
    breach_hours: int | None = Field(default=None, ge=0, le=MOST_DAYS * 24)


class Body(Value):
    """An office a customer may complain to."""

    name: str
    url: WebAddress


class ComplaintBodies(RootModel[tuple[Body, ...]]):
    """Where customers of web shops complain."""

    model_config = ConfigDict(frozen=True)
    root: tuple[Body, ...] = Field(min_length=1)


class Shopping(Value):
    """Habits: the share of online purchases made on a phone, and where people buy in social media."""

    mobile_share: float | None = Field(default=None, gt=0, le=100)
    social: tuple[Annotated[str, _CODE], ...] = ()
    live: bool | None = None


# Every market is asked each of these; what nobody has read a source for stands under `unknown` in its file.
KINDS: dict[str, type[BaseModel]] = {
    "languages": Languages,
    "time_zone": TimeZone,
    "service_hours": Hours,
    "quiet_hours": QuietHours,
    "names": Names,
    "register": Register,
    "directness": Directness,
    "greeting": Greeting,
    "apology": Apology,
    "humour": Humour,
    "taboos": Taboos,
    "response_times": ResponseTimes,
    "channels": PreferredChannels,
    "payments": Payments,
    "withdrawal": Withdrawal,
    "refund_deadline": RefundDeadline,
    "return_cost": ReturnCost,
    "guarantee": Guarantee,
    "import_relief": ImportRelief,
    "sales_tax": SalesTax,
    "privacy": Privacy,
    "complaint_bodies": ComplaintBodies,
    "shopping": Shopping,
}
# known from a library for every market; a file may say otherwise where the library is behind
# and how a border counts, which stands in the files alone
EXTRA: dict[str, type[BaseModel]] = {"currency": Currency, "import_charges": ImportCharges}
# set by law: a shop may give more, never less
LEGAL = frozenset(
    [
        "withdrawal", "refund_deadline", "return_cost", "guarantee", "import_relief", "sales_tax", "privacy",
        "quiet_hours",
    ]
)  # fmt: skip
