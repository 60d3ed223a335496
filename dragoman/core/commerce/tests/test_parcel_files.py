"""Files that tell of parcels are taken in line by line; what is wrong is said, and the same again changes nothing."""

import random
from zoneinfo import ZoneInfo

import pytest

from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.parcel_files import Brought, bring_parcels
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import Shipment, ShipmentEvent
from dragoman.core.commerce.parcel_files import Reading, pairs, read_parcels
from dragoman.ground.providers.carriers.edifact import Cut, segments
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.errors import Refusal
from tests.people import House, a_house

from .facts import order

HELSINKI = ZoneInfo("Europe/Helsinki")
NUMBER = "RR123456785FI"
TABLE = f"""tracking number;date;status;description;city;country
{NUMBER};2026-11-24 14:30;in transit;Left Vantaa;Vantaa;FI
{NUMBER};2026-11-26T09:00+01:00;Zugestellt;An der Tür;Köln;DE
XX999;2026-11-26 09:00;delivered;;;
{NUMBER};yesterday;delivered;;;
{NUMBER};2026-11-26 10:00;vaporised;;;
;2026-11-26 10:00;delivered;;;
"""
# a consignment whose parcel is named by its reference, one whose own number it is, one with a code of a partner's own
IFTSTA = f"""UNA:+.? '
UNB+UNOC:3+6412345000001:14+7300000000001:14+261126:1200+77'
UNH+1+IFTSTA:D:01B:UN'
BGM+23+REPORT1+9'
DTM+137:202611261200:203'
CNI+1+CONSIGNMENT9'
STS+1+13'
RFF+CN:{NUMBER}'
DTM+334:202611241430:203'
FTX+AAI+++Collected at Pekka?'s gate?: all well'
LOC+175+FIVAN:139:6:Vantaa'
CNI+2+{NUMBER}'
STS+1+21'
DTM+334:20261126:102'
STS+1+X7'
DTM+334:202611270800:203'
STS+1+X8'
DTM+334:202611280800:203'
CNI+3+UNKNOWN1'
STS+1+21'
DTM+334:202611261000:203'
STS+1+24'
UNT+17+1'
UNZ+1+77'
""".encode("latin-1")


@pytest.fixture
def house(db: None) -> House:
    house = a_house()
    with house.acting():
        facts = ShipmentFacts(status=S.IN_TRANSIT, tracking_number=NUMBER)
        mirror_order(shop_of_the_api(house.brand), facts=order(shipments=[facts]))
    return house


def bring(house: House, raw: bytes, **more: object) -> Brought:
    with house.acting():
        return bring_parcels(house.workspace.pk, raw, reading=Reading(zone=HELSINKI, **more))


def test_a_table_is_taken_in_line_by_line_and_twice_is_once(house: House) -> None:
    words = {"zugestellt": "delivered.signed"}
    brought = bring(house, TABLE.encode(), statuses=words)
    assert (brought.told, brought.new, brought.parcels) == (3, 2, 1)
    said = {one.line: one.said for one in brought.problems}
    assert list(said) == [4, 5, 6, 7]
    assert "XX999" in said[4] and "yesterday" in said[5] and "vaporised" in said[6] and "no parcel" in said[7]
    with house.acting():
        row = Shipment.objects.get()
        assert (row.status, row.detail) == ("delivered", "signed")
        assert [one.at.isoformat() for one in ShipmentEvent.objects.order_by("at")] == [
            "2026-11-24T12:30:00+00:00",
            "2026-11-26T08:00:00+00:00",
        ]
        assert ShipmentEvent.objects.get(country="DE").text == "An der Tür"
    assert bring(house, TABLE.encode(), statuses=words).new == 0


def test_columns_are_named_beside_the_file_where_they_are_called_otherwise(house: House) -> None:
    raw = f"Sendungsnummer,Wann,Status\n{NUMBER},2026-11-24,delivered\n".encode()
    with pytest.raises(Refusal, match="number, at"):
        bring(house, raw)
    assert bring(house, raw, columns={"number": "Sendungsnummer", "at": "wann"}).new == 1
    with pytest.raises(Refusal, match="Paketnummer"):
        bring(house, raw, columns={"number": "Paketnummer", "at": "wann"})
    with pytest.raises(Refusal, match="none of our words"):
        bring(house, raw, statuses={"x": "gone"})


def test_an_interchange_is_taken_in_by_the_number_nearest_to_the_parcel(house: House) -> None:
    brought = bring(house, IFTSTA, statuses={"X7": "returning"})
    assert (brought.told, brought.new, brought.parcels) == (5, 3, 1)
    said = [one.said for one in brought.problems]
    assert "X8" in said[0] and "UNKNOWN1" in said[1] and len(said) == 3
    with house.acting():
        rows = list(ShipmentEvent.objects.order_by("at"))
        assert [(one.status, one.detail, one.country) for one in rows] == [
            ("in_transit", "picked_up", "FI"),
            ("delivered", "", ""),
            ("returning", "", ""),
        ]
        # a day alone stands at its noon, by the clock that was given
        assert rows[0].text == "Collected at Pekka's gate: all well" and rows[1].at.hour == 10
    assert bring(house, IFTSTA, statuses={"X7": "returning"}).new == 0


def test_an_interchange_that_is_cut_off_says_so_and_keeps_what_was_whole(house: House) -> None:
    brought = bring(house, IFTSTA[:-14])
    assert brought.new == 2 and "ends in the middle" in brought.problems[0].said


def test_nothing_and_nonsense_are_refused_in_words(house: House) -> None:
    for raw in (b"", b"  \n", b"a,b\n1,2\n", b"\xff\xfe\x00"):
        with pytest.raises(Refusal):
            bring(house, raw)
    with pytest.raises(Refusal, match="says nothing"):
        dict(pairs("number Sendungsnummer"))
    assert dict(pairs("number = Nr\n\n at=Wann ")) == {"number": "Nr", "at": "Wann"}


def test_any_bytes_are_read_or_said_to_be_wrong() -> None:
    dice = random.Random(6)
    whole = refused = 0
    for _number in range(300):
        place = dice.randrange(len(IFTSTA))
        raw = IFTSTA[:place] + bytes([dice.randrange(256)]) + IFTSTA[place + dice.randrange(1, 40) :]
        try:
            list(segments(raw))
            read_parcels(raw, Reading())
        except (Cut, Refusal) as fault:
            assert isinstance(fault, Cut) or str(fault)
            refused += 1
        else:
            whole += 1
    # anything else that is raised fails here; of so many both happen
    assert whole and refused


def test_mallorys_file_finds_no_parcel_of_another_house(house: House) -> None:
    mallory = a_house("mallory")
    with mallory.acting():
        brought = bring_parcels(mallory.workspace.pk, IFTSTA, reading=Reading())
    assert brought.new == 0
    with house.acting():
        assert not ShipmentEvent.objects.exists()
