"""Posts and parcel services of single countries are asked as they document, and read by their own clocks and words."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from dragoman.ground.providers.carriers import correios, dpd, gls, royal_mail, thailand_post, usps
from dragoman.ground.providers.carriers.facts import ParcelFacts
from dragoman.ground.providers.carriers.formats import carriers
from dragoman.ground.providers.carriers.ports import Account, Asked, Tracker
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from dragoman.kit.errors import Rejected, Unavailable
from tests.servers.carriers import correios as correios_server
from tests.servers.carriers import dpd as dpd_server
from tests.servers.carriers import gls as gls_server
from tests.servers.carriers import royal_mail as royal_mail_server
from tests.servers.carriers import thailand_post as thailand_post_server
from tests.servers.carriers import usps as usps_server

BANGKOK = timezone(timedelta(hours=7))
SECRETS: Mapping[str, Mapping[str, str]] = {
    "royal_mail": {"client": "rm-client", "secret": "rm-secret"},
    "gls": {"client": "gls-client", "secret": "gls-secret"},
    "dpd": {"client": "KD12345678", "secret": "dpd-secret"},
    "usps": {"client": "usps-key", "secret": "usps-secret"},
    "thailand_post": {"key": "thp:key-of-the-account"},
    "correios": {"client": "loja", "secret": "codigo-de-acesso", "card": "0067599079"},
}
VENDORS: Mapping[str, tuple[Tracker, Any]] = {
    "royal_mail": (royal_mail.RoyalMail(), royal_mail_server.RoyalMail),
    "gls": (gls.Gls(), gls_server.Gls),
    "dpd": (dpd.Dpd(), dpd_server.Dpd),
    "usps": (usps.Usps(), usps_server.Usps),
    "thailand_post": (thailand_post.ThailandPost(), thailand_post_server.ThailandPost),
    "correios": (correios.Correios(), correios_server.Correios),
}
UNKNOWN = {
    "royal_mail": "ZZ999999999GB", "gls": "99999999999", "dpd": "01234567890123", "usps": "9400111899223397910399",
    "thailand_post": "EZ999999999TH", "correios": "ZZ999999999BR",
}  # fmt: skip


def account_of(vendor: str, where: str, **changed: str) -> Account:
    given = {**SECRETS[vendor], **changed}
    hidden = {one.name for one in VENDORS[vendor][0].fields if one.secret}
    return Account(
        f"http://{where}",
        {name: value for name, value in given.items() if name in hidden},
        {name: value for name, value in given.items() if name not in hidden},
    )


def told_by(vendor: str, server: Any, *numbers: str) -> list[ParcelFacts]:
    with serving(server) as where:
        tracker = VENDORS[vendor][0]
        return list(tracker.track(account_of(vendor, where), [Asked(one) for one in numbers]))


@pytest.mark.parametrize("vendor", sorted(VENDORS))
def test_a_number_nobody_knows_is_no_fault_and_a_wrong_secret_is_refused_in_its_own_words(
    vendor: str,
) -> None:
    tracker, server = VENDORS[vendor]
    assert tracker.carriers <= set(carriers()) and not tracker.hooks
    with serving(server()) as where:
        tracker.check(account_of(vendor, where))
        [found] = tracker.track(account_of(vendor, where), [Asked(UNKNOWN[vendor])])
        assert not found.known and found.number == UNKNOWN[vendor] and not found.events
        secret = next(one.name for one in tracker.fields if one.secret)
        with pytest.raises(Rejected) as refused:
            tracker.check(account_of(vendor, where, **{secret: "guessed"}))
        assert "guessed" not in str(refused.value) and str(refused.value)


def test_royal_mail_is_read_by_its_codes_and_words() -> None:
    events = [
        ("EVKNA", "Delivery Attempted - No Answer", "2026-11-27T11:20:00+00:00"),
        ("EVXXX", "Item held by customs: charges are due", "2026-11-25T10:00:00+01:00"),
    ]
    piece = royal_mail_server.piece(
        events=[
            {"eventCode": code, "eventName": name, "eventDateTime": at, "locationName": "Leeds DO"}
            for code, name, at in events
        ]
    )
    server = royal_mail_server.RoyalMail(pieces={"FQ087430672GB": piece}, terms=True)
    [found] = told_by("royal_mail", server, "FQ087430672GB")
    assert [(one.status, one.detail) for one in found.events] == [
        (S.ATTEMPT_FAILED, "nobody_home"),
        (S.EXCEPTION, "customs_payment"),
    ]
    assert found.events[1].at == datetime(2026, 11, 25, 9, tzinfo=UTC) and found.events[0].place == "Leeds DO"
    assert (found.origin, found.destination, found.service) == ("GB", "GB", "Special Delivery Guaranteed")
    assert found.estimated_at and found.estimated_at.day == 27


def test_royal_mail_that_is_busy_is_asked_later() -> None:
    with pytest.raises(Unavailable):
        told_by("royal_mail", royal_mail_server.RoyalMail(busy=1), "FQ087430672GB")


def test_gls_is_asked_for_ten_at_once_and_read_by_what_it_says_of_each() -> None:
    numbers = [f"5312345678{number}" for number in range(10)]
    shop = gls_server.parcel(
        numbers[1],
        "DELIVEREDPS",
        events=[
            {
                "code": "DELIVD.PARCELSHOP",
                "country": "DE",
                "city": "Köln",
                "description": "The parcel has been delivered at the ParcelShop.",
                "eventDateTime": "2026-11-27T15:13:46+0100",
            },
            {
                "code": "INTIAL.PREADVICE",
                "country": "IT",
                "city": "",
                "description": "The parcel data was entered into the GLS IT system.",
                "eventDateTime": "2026-11-25T15:13:46+0100",
            },
        ],
    )
    server = gls_server.Gls(parcels={numbers[0]: gls_server.parcel(numbers[0]), numbers[1]: shop})
    found = told_by("gls", server, *numbers)
    assert [one.known for one in found] == [True, True] + [False] * 8
    assert found[0].events[0].status == S.OUT_FOR_DELIVERY and found[0].events[1].status == S.IN_TRANSIT
    assert [one.status for one in found[1].events] == [S.READY_TO_COLLECT, S.INFO_RECEIVED]
    assert found[1].events[0].at == datetime(2026, 11, 27, 14, 13, 46, tzinfo=UTC)
    assert len(server.tokens) == 1


def test_gls_whose_day_is_used_up_is_asked_later() -> None:
    with pytest.raises(Unavailable):
        told_by("gls", gls_server.Gls(quota=0), "53123456789")


def test_dpd_logs_in_once_and_tells_what_was_reached_by_its_own_clock() -> None:
    number = "05222835034925"
    server = dpd_server.Dpd(lives={number: dpd_server.LIFE_OF_ONE})
    found = told_by("dpd", server, number, f"{number}D", UNKNOWN["dpd"])
    assert [one.known for one in found] == [True, True, False] and server.logins == 1
    assert [one.status for one in found[0].events] == [S.INFO_RECEIVED, S.IN_TRANSIT]
    last = found[0].events[1]
    # a quarter to eleven at night in the Netherlands
    assert last.at == datetime(2026, 11, 26, 21, 41, 25, tzinfo=UTC)
    assert (last.place, last.country) == ("Puurs", "BE") and "dispatch centre" in last.text
    assert found[0].service == "DPD HOME"


def test_dpd_is_logged_into_again_when_its_token_is_too_old() -> None:
    number = "05222835034925"
    server = dpd_server.Dpd(lives={number: dpd_server.LIFE_OF_ONE})
    with serving(server) as where:
        account, tracker = account_of("dpd", where), VENDORS["dpd"][0]
        tracker.check(account)
        server.expired.add(server.tokens[-1])
        assert tracker.track(account, [Asked(number)])[0].known and server.logins == 2


def test_usps_is_read_by_the_clock_of_the_place_whatever_its_z_says() -> None:
    number = "9400111899223397910390"
    events = [
        usps_server.event("Delivered, Front Door/Porch", "2026-11-27T12:55:00Z", code="01"),
        usps_server.event("Notice Left (No Authorized Recipient Available)", "2026-11-26T12:00:00Z", code="02"),
        usps_server.event("Customs Clearance", "2026-11-24T08:00:00Z", code="77", city="TORONTO", country="CANADA"),
    ]  # fmt: skip
    package = usps_server.package(number, statusCategory="Delivered", trackingEvents=events)
    [found] = told_by("usps", usps_server.Usps(packages={number: package}), number)
    assert [(one.status, one.detail) for one in found.events] == [
        (S.DELIVERED, "to_safe_place"),
        (S.ATTEMPT_FAILED, "nobody_home"),
        (S.IN_TRANSIT, "customs"),
    ]
    # five to one in Virginia
    assert found.events[0].at == datetime(2026, 11, 27, 17, 55, tzinfo=UTC)
    assert (found.service, found.origin, found.events[0].country) == ("Priority Mail", "US", "US")


@pytest.mark.parametrize("status", [400, 404])
def test_a_number_that_usps_has_not_scanned_yet_is_not_known(status: int) -> None:
    [found] = told_by("usps", usps_server.Usps(absent=status), UNKNOWN["usps"])
    assert not found.known


def test_usps_says_when_it_may_be_asked_again() -> None:
    with pytest.raises(Unavailable) as busy:
        told_by("usps", usps_server.Usps(left=0), UNKNOWN["usps"])
    assert busy.value.retry_after == 60


def test_thailand_post_is_kept_in_thai_and_its_years_are_ours() -> None:
    number, at = "EY145587896TH", datetime(2026, 11, 24, 14, 30, tzinfo=BANGKOK)
    items = [
        thailand_post_server.event(number, "103", at),
        thailand_post_server.event(number, "202", at + timedelta(days=1)),
        thailand_post_server.event(number, "501", at + timedelta(days=2)),
    ]
    server = thailand_post_server.ThailandPost(items={number: items})
    found, absent = told_by("thailand_post", server, number, UNKNOWN["thailand_post"])
    assert found.known and not absent.known
    assert [(one.status, one.detail) for one in found.events] == [
        (S.IN_TRANSIT, "picked_up"),
        (S.IN_TRANSIT, "customs"),
        (S.DELIVERED, ""),
    ]
    assert found.events[0].at == at and found.events[0].text == "รับฝาก" and found.events[0].country == "TH"
    # who took it stays with the carrier
    assert "ผู้รับรับเอง" not in found.events[2].text


def test_thailand_post_whose_day_is_used_up_is_asked_later() -> None:
    with pytest.raises(Unavailable) as busy:
        told_by("thailand_post", thailand_post_server.ThailandPost(limit=0), "EY145587896TH")
    assert busy.value.retry_after and busy.value.retry_after > 3600


def test_correios_is_kept_in_portuguese_by_the_clock_of_brasilia() -> None:
    code = "YJ460348417BR"
    events = [
        correios_server.event("PAR", "17", "Aguardando pagamento", "2026-11-26T09:00:00", city="CURITIBA", state="PR"),
        correios_server.event("ZZZ", "99", "Tentativa de entrega não efetuada: destinatário ausente", "2026-11-25T09:00:00"),
        correios_server.event("PO", "01", "Objeto postado", "2026-11-24T16:05:10"),
    ]  # fmt: skip
    server = correios_server.Correios(objects={code: correios_server.thing(code, events)})
    found, absent = told_by("correios", server, code, UNKNOWN["correios"])
    assert found.known and not absent.known and len(server.tokens) == 1
    assert [(one.status, one.detail) for one in found.events] == [
        (S.EXCEPTION, "customs_payment"),
        (S.ATTEMPT_FAILED, "nobody_home"),
        (S.IN_TRANSIT, "picked_up"),
    ]
    assert found.events[0].at == datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert (found.events[0].text, found.events[0].place) == ("Aguardando pagamento", "CURITIBA, PR")
    assert found.estimated_at == datetime(2026, 12, 3, 2, 59, 59, tzinfo=UTC)


def test_correios_that_is_down_is_asked_later() -> None:
    with pytest.raises(Unavailable):
        told_by("correios", correios_server.Correios(down=True), "YJ460348417BR")
