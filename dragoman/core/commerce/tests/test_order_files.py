"""Tables of orders as people save them: any letters, any marks, days either way round."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dragoman.core.commerce.order_columns import Sheet, dates_in, decimals_in, moment_of, money_of
from dragoman.core.commerce.order_files import decoded, fingerprint, groups_of, options_of, rows_of
from dragoman.kit.errors import Refusal

GERMAN = (
    "Bestellnummer;Bestelldatum;Währung;Artikel;Menge;Preis;Kunde\r\n"
    "K-1;16.11.2026 09:30;EUR;Lampe grün;2;1.049,90;Jürgen Groß\r\n"
    "K-2;17.11.2026;EUR;Tasse;1;9,50;Zoë Weiß\r\nK-1;;;Decke;1;20,00;\r\n"
)
JAPANESE = (
    "注文番号,注文日時,商品名,数量,単価,通貨\n"
    "注文１０４２,2026/11/16 18:05,茶碗と急須のセット,１,12000,JPY\n"
    "注文１０４３,2026年11月17日,うるし塗りのお椀,2,3980,JPY\n"
)


def orders(raw: bytes, **said: str) -> list[dict]:  # type: ignore[type-arg]
    options, _heads = options_of(raw)
    for name, value in said.items():
        setattr(options, name, value)
    sheet = Sheet(
        options.columns,
        dates=options.dates,
        decimal=options.decimal,
        zone="Europe/Berlin",
        currency=options.currency,
    )
    return [sheet.order(one.rows) for one in groups_of(decoded(raw, options.encoding), options)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_german_table_is_read_whatever_its_letters(encoding: str) -> None:
    second, first = orders(GERMAN.encode(encoding))
    assert (first["number"], first["customer"]["name"]) == ("K-1", "Jürgen Groß")
    assert [(one["title"], one["quantity"], one["unit_price"]) for one in first["lines"]] == [
        ("Lampe grün", 2, 104990),
        ("Decke", 1, 2000),
    ]
    assert first["placed_at"].astimezone(UTC) == datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
    assert second["lines"][0]["unit_price"] == 950


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8"])
def test_a_japanese_table_is_read(encoding: str) -> None:
    first, second = orders(JAPANESE.encode(encoding))
    assert first["lines"][0] == {
        "sku": "",
        "title": "茶碗と急須のセット",
        "variant": "",
        "quantity": 1,
        "unit_price": 12000,
    }
    assert second["placed_at"].day == 17


@pytest.mark.parametrize(
    ("cells", "order"),
    [(["2026-11-16"], "ymd"), (["03/04/2026", "16/04/2026"], "dmy"), (["03/04/2026", "04/16/26"], "mdy"),
     (["03/04/2026", "05.06.2026"], "")],
)  # fmt: skip
def test_the_order_of_days_is_seen_or_left_open(cells: list[str], order: str) -> None:
    assert dates_in([{"d": one} for one in cells], {"d": "placed_at"}) == order


@pytest.mark.parametrize(
    ("cells", "mark"),
    [(["1.234,50"], ","), (["1,234.50"], "."), (["49,90"], ","), (["€ 49.9"], "."), (["1.234"], ""), (["12000"], "."),
     (["1.234.567"], ","), (["1,5", "1.5"], ""), (["1’049.90 CHF"], ".")],
)  # fmt: skip
def test_the_mark_of_decimals_is_seen_or_left_open(cells: list[str], mark: str) -> None:
    assert decimals_in([{"p": one} for one in cells], {"p": "unit_price"}) == mark


@pytest.mark.parametrize(
    ("cell", "mark", "currency", "minor"),
    [("１，２３４.50", ".", "EUR", 123450), ("12 000 ¥", ".", "JPY", 12000), ("1,999", ",", "KWD", 1999),
     ("1'049.90", ".", "CHF", 104990), ("kr. 49,-", ",", "DKK", None), ("1.9999", ".", "KWD", None),
     ("-5", ".", "EUR", None), ("free", ".", "EUR", None), ("0.5", ".", "JPY", None)],
)  # fmt: skip
def test_amounts_are_exact_in_the_currency_s_own_coins(
    cell: str, mark: str, currency: str, minor: int | None
) -> None:
    if minor is None:
        with pytest.raises(Refusal):
            money_of(cell, mark, currency)
    else:
        assert money_of(cell, mark, currency) == minor


@pytest.mark.parametrize(
    ("cell", "order", "said"),
    [("2026-11-16 10:22:03 -0500", "ymd", "2026-11-16T15:22:03+00:00"),
     ("11/16/2026 3:05 PM", "mdy", "2026-11-16T14:05:00+00:00"),
     ("16.11.26", "dmy", "2026-11-15T23:00:00+00:00"), ("2026-11-16T08:30:00Z", "ymd", "2026-11-16T08:30:00+00:00")],
)  # fmt: skip
def test_times_are_read_in_the_zone_that_was_said(cell: str, order: str, said: str) -> None:
    assert moment_of(cell, order, ZoneInfo("Europe/Berlin")).astimezone(UTC).isoformat() == said


@pytest.mark.parametrize("cell", ["31.02.2026", "16.11.", "yesterday", "13/13/2026", "2026-11-16 25:00"])
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(Refusal, match="is no date"):
        moment_of(cell, "dmy", ZoneInfo("UTC"))


def test_a_quotation_mark_that_is_not_closed_names_its_line() -> None:
    with pytest.raises(Refusal, match="Line 2"):
        list(rows_of('a;b\n"x' + "y" * 200_000 + "\n", ";"))


def test_columns_are_known_again_in_any_order() -> None:
    assert fingerprint(["a", "b"]) == fingerprint(["b", "a"]) != fingerprint(["a", "c"])
