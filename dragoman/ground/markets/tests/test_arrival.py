"""A refund arrives on bank days of the buyer's country, by the market's word first; what nobody read is not promised."""

import datetime

import pytest

from dragoman.ground.markets.arrival import ROUTES, Route, arrives, routes
from dragoman.ground.markets.playbook import playbook

FRIDAY = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


def days(method: str, country: str, at: datetime.datetime = FRIDAY) -> tuple[str, str] | None:
    found = arrives(method, country, at)
    return (found.earliest.isoformat(), found.latest.isoformat()) if found.earliest and found.latest else None


@pytest.mark.parametrize(
    ("method", "country", "expected"),
    [
        # Monday the 30th is the first bank day, Wednesday the third
        ("ideal", "NL", ("2026-11-30", "2026-12-02")),
        # the market says 1 to 10 for cards
        ("card", "DE", ("2026-11-30", "2026-12-11")),
        # no row of its own there: the method's 5 to 10; Thanksgiving was the day before
        ("card", "US", ("2026-12-04", "2026-12-11")),
        # at once is by the calendar, and so are the two statements of a Brazilian card
        ("pix", "BR", ("2026-11-27", "2026-11-28")),
        ("card", "BR", ("2026-12-27", "2027-01-26")),
        # Independence Day, the 6th of December, is a Sunday; the bank days of Finland else
        ("mobilepay", "FI", ("2026-12-01", "2026-12-11")),
        ("paypal", "DE", ("2026-11-27", "2026-12-27")),
    ],
)
def test_when_it_is_there(method, country, expected):
    assert days(method, country) == expected


def test_holidays_and_the_weekend_of_the_buyers_country_do_not_count():
    christmas = datetime.datetime(2026, 12, 24, 12, tzinfo=datetime.UTC)
    # 25 and 26 are holidays, 27 is a Sunday
    assert days("ideal", "NL", christmas) == ("2026-12-28", "2026-12-30")
    # Friday and Saturday are no bank days in Saudi Arabia
    found = arrives("card", "SA", FRIDAY)
    assert found.earliest == datetime.date(2026, 12, 3) and found.bank_days


def test_the_day_is_the_buyers():
    late = datetime.datetime(2026, 11, 29, 20, tzinfo=datetime.UTC)
    assert days("pix", "BR", late) == ("2026-11-29", "2026-11-30")
    # in Tokyo it is Monday already
    assert (
        arrives("card", "JP", late).earliest
        == arrives("card", "JP", late + datetime.timedelta(hours=4)).earliest
    )


@pytest.mark.parametrize(
    ("method", "country", "to"),
    [
        ("konbini", "JP", "bank_account"), ("boleto", "BR", "bank_account"), ("cash_on_delivery", "PL", "bank_account"),
        ("promptpay", "TH", "bank_account"), ("blik", "PL", "same_way"), ("swish", "SE", "same_way"), ("alipay", "CN", "same_way"),
    ],
)  # fmt: skip
def test_the_way_is_told_where_the_time_is_not_known(method, country, to):
    found = arrives(method, country, FRIDAY)
    assert (found.is_known, found.to, found.needs_details) == (
        False,
        to,
        to == "bank_account",
    ) and found.sources


def test_what_nobody_read_is_not_known():
    found = arrives("cowrie_shells", "DE", FRIDAY)
    assert (found.is_known, found.to, found.sources) == (False, None, ())
    assert not arrives("card", "PE", FRIDAY).is_known and arrives("card", "PE", FRIDAY).to == "same_way"


def test_a_brands_own_word_counts_before_the_playbook():
    held = playbook("NL").fact("payments", on=FRIDAY.date())
    row = next(one for one in held.value.root if one.method == "ideal").model_copy(
        update={"refund_days": (2, 2)}
    )
    own = type(held)(**{**vars(held), "value": type(held.value)(root=(row,))})
    assert arrives("ideal", "NL", FRIDAY, held=own).latest == datetime.date(2026, 12, 1)


def test_every_route_names_a_source_there_is():
    known, sources = routes()
    assert (
        all(isinstance(one, Route) and one.source in sources for one in known.values()) and ROUTES.is_file()
    )
    assert {one.source for one in known.values()} == set(sources)
