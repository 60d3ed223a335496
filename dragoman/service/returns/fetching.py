"""On which days goods may be fetched at a customer's door: those on which both sides work."""

import datetime
from typing import Final

from .return_models import Return
from .windows import Rest

DAYS_OFFERED: Final = 10
_FARTHEST: Final = 60


def fetch_days(made: Return, *, today: datetime.date, region: str = "") -> list[datetime.date]:
    """Return the next days, from tomorrow, on which people work where the goods are and where they go."""
    sides = [Rest(made.country, region)]
    if made.place and made.place.country != made.country:
        sides.append(Rest(made.place.country))
    days = (today + datetime.timedelta(days=number) for number in range(1, _FARTHEST))
    return [day for day in days if all(side.is_working(day) for side in sides)][:DAYS_OFFERED]
