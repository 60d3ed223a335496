"""What the values of all kinds of fact are made of: amounts, shares in percent, and the base they keep to."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from dragoman.kit.money import BadMoney, is_currency, to_minor

_MONEY = re.compile(r"(\d{1,12}(?:\.\d{1,3})?) ([A-Z]{3})")


class Money(BaseModel):
    """An amount: `amount` in minor units. Written `150 EUR` in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: int = Field(ge=0, le=10**15)
    currency: str

    @field_validator("currency")
    @classmethod
    def _is_one(cls, value: str) -> str:
        if not is_currency(value):
            raise ValueError(f"there is no currency {value}")
        return value


def _money(written: object) -> object:
    if not isinstance(written, str):
        return written
    found = _MONEY.fullmatch(written)
    if not found:
        raise ValueError("write an amount as 150 EUR")
    try:
        return Money(amount=to_minor(found[1], found[2]), currency=found[2])
    except BadMoney as refusal:
        raise ValueError(str(refusal)) from None


Amount = Annotated[Money, BeforeValidator(_money)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=7)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Value(BaseModel):
    """What every kind of fact keeps to: nothing unknown is taken, nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid")
