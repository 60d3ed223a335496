"""Times and countries as they come in over JSON: checked, a time in UTC."""

from datetime import UTC, datetime
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, StringConstraints

from .tags import is_market


def _market(value: str) -> str:
    if value and not is_market(value):
        raise ValueError(_("There is no such country: give two letters of ISO 3166-1 such as FI."))
    return value


def _in_range(value: datetime) -> datetime:
    """Take a time without a zone as UTC, and refuse what no clock or database can show in every zone."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    if not 1970 <= aware.year <= 2200:
        raise ValueError(_("Give a time between the years 1970 and 2200."))
    return aware.astimezone(UTC)


Market = Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$"), AfterValidator(_market)]
Moment = Annotated[datetime, AfterValidator(_in_range)]
