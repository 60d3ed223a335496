"""The bank's files in each of their shapes, and files that are none."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest

from dragoman.ground.providers.rates.ecb import DayRate, read_rates
from dragoman.kit.errors import Refusal

DAILY = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube><Cube time='2026-11-27'><Cube currency='USD' rate='1.1602'/><Cube currency='JPY' rate='179.35'/></Cube></Cube></gesmes:Envelope>"""
CSV = b"Date, USD, JPY, BGN, \n27 November 2026, 1.1602, 179.35, N/A, \n"
HISTORY = b"Date,USD,JPY,TRL,\n2026-11-27,1.1602,179.35,N/A,\n2026-11-26,1.1588,N/A,N/A,\n"
DAY = datetime.date(2026, 11, 27)
TODAY = [DayRate(DAY, "USD", Decimal("1.1602")), DayRate(DAY, "JPY", Decimal("179.35"))]


def packed(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("eurofxref.csv", content)
    return out.getvalue()


@pytest.mark.parametrize("raw", [DAILY, CSV, packed(CSV)])
def test_each_shape_says_the_same(raw):
    assert read_rates(raw) == TODAY


def test_the_history_has_every_day_and_leaves_out_what_was_not_fixed():
    assert [(one.day.day, one.currency) for one in read_rates(HISTORY)] == [
        (27, "USD"),
        (27, "JPY"),
        (26, "USD"),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<html>down for maintenance</html>", b"<Cube time='2026-11-27'>", CSV.replace(b"1.1602", b"lots"),
        CSV.replace(b"1.1602", b"-1"), CSV.replace(b"27 November", b"31 November"), DAILY.replace(b"179.35", b"NaN"),
        b"PK\x03\x04broken", packed(b"nothing"), b"from,to\nDE,FR\n",
        b'<!DOCTYPE x [<!ENTITY a "1.1">]><Cube><Cube time="2026-11-27"><Cube currency="USD" rate="&a;"/></Cube></Cube>',
    ],
)  # fmt: skip
def test_what_is_wrong_in_one_place_is_refused_whole(raw):
    with pytest.raises(Refusal):
        read_rates(raw)
