"""What carriers and aggregators tell is read to the finest word, and their refusals are told from their absence."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dragoman.ground.providers.carriers import aftership, dhl, fedex, postnord, seventeen_track, ups
from dragoman.ground.providers.carriers.facts import ParcelFacts
from dragoman.ground.providers.carriers.formats import carriers
from dragoman.ground.providers.carriers.ports import Account, Asked, Hook, Tracker, trackers
from dragoman.ground.providers.carriers.reading import read_words
from dragoman.ground.providers.carriers.tests.servers import vendors
from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from dragoman.kit.errors import Forged, Rejected, Unavailable

NUMBER = "1Z999AA10123456784"
AFTERSHIP = {
    "id": "x1", "tracking_number": "RR123456785PL", "slug": "poczta-polska", "tag": "Exception",
    "subtag": "Exception_004", "origin_country_region": "FIN", "destination_country_region": "POL",
    "latest_estimated_delivery": {"type": "specific", "datetime": "2026-12-02"},
    "checkpoints": [
        {"checkpoint_time": "2026-11-20T10:00:00+02:00", "tag": "InTransit", "subtag": "InTransit_002", "message": "Accepted", "location": "Helsinki", "country_region": "FIN"},
        {"checkpoint_time": "2026-11-24T09:30:00+01:00", "tag": "Exception", "subtag": "Exception_004", "message": "Held in customs", "city": "Warszawa", "country_region": "POL"},
        {"checkpoint_time": None, "tag": "InTransit", "message": "no time"},
    ],
}  # fmt: skip
SEVENTEEN = {
    "latest_status": {"status": "DeliveryFailure", "sub_status": "DeliveryFailure_Rejected"},
    "shipping_info": {"shipper_address": {"country": "CN"}, "recipient_address": {"country": "BR"}},
    "time_metrics": {"estimated_delivery_date": {"from": "2026-12-01", "to": "2026-12-04"}},
    "tracking": {"providers": [{"provider": {"key": 3, "name": "Correios"}, "events": [
        {"time_utc": "2026-11-25T12:00:00Z", "description": "Objeto não entregue", "stage": None, "sub_status": "DeliveryFailure_Rejected", "address": {"city": "Recife", "country": "BR"}},
        {"time_utc": "2026-11-20T12:00:00Z", "description": "Customs", "sub_status": "InTransit_CustomsProcessing", "location": "Curitiba", "address": {"country": "BR"}},
    ]}]},
}  # fmt: skip
DHL = {
    "id": "00340434161094042557", "service": "parcel-de", "origin": {"address": {"countryCode": "DE"}},
    "destination": {"address": {"countryCode": "AT"}}, "estimatedTimeOfDelivery": "2026-12-01T00:00:00+01:00",
    "details": {"product": {"productName": "DHL PAKET"}},
    "status": {"timestamp": "2026-11-26T10:00:00+01:00", "statusCode": "failure", "description": "x"},
    "events": [
        {"timestamp": "2026-11-26T10:00:00+01:00", "statusCode": "failure", "description": "The shipment could not be delivered, recipient was not home", "location": {"address": {"addressLocality": "Wien", "countryCode": "AT"}}},
        {"timestamp": "2026-11-25T08:00:00+01:00", "statusCode": "transit", "description": "The shipment has arrived in the destination country"},
        {"timestamp": "2026-11-24T08:00:00+01:00", "statusCode": "pre-transit", "description": "Data received"},
    ],
}  # fmt: skip
UPS = {
    "trackingNumber": NUMBER, "service": {"description": "UPS Standard"}, "deliveryDate": [{"type": "SDD", "date": "20261201"}],
    "packageAddress": [{"type": "ORIGIN", "address": {"countryCode": "US"}}, {"type": "DESTINATION", "address": {"countryCode": "FI"}}],
    "activity": [
        {"location": {"address": {"city": "Helsinki", "countryCode": "FI"}}, "status": {"type": "X", "description": "Your package is held by customs. Duties or taxes are due."}, "date": "20261126", "time": "103000", "gmtDate": "20261126", "gmtTime": "08:30:00"},
        {"location": {"address": {"city": "Louisville", "countryCode": "US"}}, "status": {"type": "P", "description": "Pickup Scan"}, "date": "20261124", "time": "170000"},
    ],
}  # fmt: skip
FEDEX = {
    "latestStatusDetail": {"code": "DE"}, "serviceDetail": {"description": "FedEx International Priority"},
    "dateAndTimes": [{"type": "ESTIMATED_DELIVERY", "dateTime": "2026-11-30T18:00:00+02:00"}],
    "shipperInformation": {"address": {"countryCode": "US"}}, "recipientInformation": {"address": {"countryCode": "FI"}},
    "scanEvents": [
        {"date": "2026-11-26T09:00:00+02:00", "eventType": "DE", "eventDescription": "Delivery exception", "exceptionCode": "08", "exceptionDescription": "Customer not available or business closed", "scanLocation": {"city": "VANTAA", "countryCode": "FI"}},
        {"date": "2026-11-25T09:00:00+02:00", "eventType": "CC", "eventDescription": "International shipment release - Import", "exceptionCode": ""},
    ],
}  # fmt: skip
POSTNORD = {
    "shipmentId": "84971563697SE", "estimatedTimeOfArrival": "2026-11-27T14:00:00", "service": {"name": "MyPack"},
    "consignor": {"address": {"countryCode": "SE"}}, "consignee": {"address": {"countryCode": "FI"}},
    "items": [{"itemId": "84971563697SE", "events": [
        {"eventTime": "2026-11-26T12:10:00", "status": "AVAILABLE_FOR_DELIVERY", "eventDescription": "The shipment item is available for collection", "location": {"displayName": "K-Market", "countryCode": "FIN"}},
        {"eventTime": "2026-11-25T12:10:00", "status": "EN_ROUTE", "eventDescription": "Departed from terminal"},
    ]}],
}  # fmt: skip


def _states(parcel: ParcelFacts) -> list[tuple[str, str]]:
    ordered = sorted(parcel.events, key=lambda one: one.at, reverse=True)
    return [(one.status.value, str(one.detail)) for one in ordered]


CASES: list[tuple[str, Any, str, dict[str, str], dict[str, str], dict[str, Any]]] = [
    ("aftership", vendors.AfterShip(followed={"RR123456785PL": AFTERSHIP}), "RR123456785PL", {"key": "asat_test"}, {},
     {"carrier": "poczta_polska", "origin": "FI", "destination": "PL", "day": "2026-12-02", "states": [("exception", "customs_hold"), ("in_transit", "picked_up")]}),
    ("17track", vendors.SeventeenTrack(known={"LB1": SEVENTEEN}, registered={"LB1"}), "LB1", {"key": "17secret"}, {},
     {"carrier": "correios", "origin": "CN", "destination": "BR", "day": "2026-12-04", "states": [("attempt_failed", "refused"), ("in_transit", "customs")]}),
    ("dhl", vendors.Dhl(shipments={"00340434161094042557": DHL}), "00340434161094042557", {"key": "dhl-key"}, {},
     {"carrier": "dhl", "origin": "DE", "destination": "AT", "day": "2026-11-30", "states": [("attempt_failed", "nobody_home"), ("in_transit", "arrived"), ("info_received", "")]}),
    ("ups", vendors.Ups(packages={NUMBER: UPS}), NUMBER, {"secret": "ups-secret"}, {"client": "ups-client"},
     {"carrier": "ups", "origin": "US", "destination": "FI", "day": "2026-12-01", "states": [("exception", "customs_payment"), ("in_transit", "picked_up")]}),
    ("fedex", vendors.FedEx(results={"986578788855": FEDEX}), "986578788855", {"secret": "fedex-secret"}, {"client": "fedex-key"},
     {"carrier": "fedex", "origin": "US", "destination": "FI", "day": "2026-11-30", "states": [("attempt_failed", "nobody_home"), ("in_transit", "customs_cleared")]}),
    ("postnord", vendors.PostNord(shipments={"84971563697SE": POSTNORD}), "84971563697SE", {"key": "postnord-key"}, {},
     {"carrier": "postnord", "origin": "SE", "destination": "FI", "day": "2026-11-27", "states": [("ready_to_collect", ""), ("in_transit", "departed")]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "server", "number", "secrets", "kept", "wanted"), CASES, ids=[one[0] for one in CASES]
)
def test_a_parcel_is_read_with_its_events_its_way_and_its_estimate(
    kind: str,
    server: Any,
    number: str,
    secrets: dict[str, str],
    kept: dict[str, str],
    wanted: dict[str, Any],
) -> None:
    with serving(server) as where:
        account = Account(f"http://{where}", secrets, kept)
        trackers[kind].check(account)
        [found] = trackers[kind].track(account, [Asked(number)])
    assert (found.number, found.carrier, found.origin, found.destination, found.known) == (
        number, wanted["carrier"], wanted["origin"], wanted["destination"], True,
    )  # fmt: skip
    assert found.estimated_at and found.estimated_at.date().isoformat() == wanted["day"]
    assert _states(found) == wanted["states"]
    assert all(one.at.tzinfo == UTC for one in found.events)


@pytest.mark.parametrize(
    ("kind", "server", "number", "secrets", "kept", "wanted"), CASES, ids=[one[0] for one in CASES]
)
def test_an_unknown_number_is_no_fault_and_a_wrong_key_is(
    kind: str,
    server: Any,
    number: str,
    secrets: dict[str, str],
    kept: dict[str, str],
    wanted: dict[str, Any],
) -> None:
    tracker: Tracker = trackers[kind]
    with serving(server) as where:
        [found] = tracker.track(Account(f"http://{where}", secrets, kept), [Asked("XX000")])
        assert found.number == "XX000" and not found.known and not found.events
        with pytest.raises(Rejected, match="40"):
            tracker.check(Account(f"http://{where}", dict.fromkeys(secrets, "wrong"), kept))
    with pytest.raises(Unavailable):
        tracker.track(Account("http://127.0.0.1:9", secrets, {"client": "another"}), [Asked(number)])


def test_numbers_that_an_aggregator_does_not_follow_are_registered() -> None:
    server, other = vendors.AfterShip(), vendors.SeventeenTrack()
    with serving(server) as where:
        account = Account(f"http://{where}", {"key": server.key})
        found = aftership.AfterShip().track(account, [Asked("A1", "dhl_express"), Asked("?"), Asked("B2")])
        assert [one.known for one in found] == [False, False, False]
        assert server.followed["A1"]["slug"] == "dhl" and set(server.followed) == {"A1", "B2"}
        server.busy = 1
        with pytest.raises(Unavailable) as busy:
            aftership.AfterShip().track(account, [Asked("A1")])
        assert busy.value.retry_after == 3
    with serving(other) as where:
        seventeen_track.SeventeenTrack().track(Account(f"http://{where}", {"key": other.key}), [Asked("C3")])
    assert other.registered == {"C3"}


def test_a_token_is_got_once_and_used_again() -> None:
    server = vendors.Ups(packages={NUMBER: UPS})
    with serving(server) as where:
        account = Account(f"http://{where}", {"secret": server.secret}, {"client": server.client})
        for _ in range(3):
            ups.Ups().track(account, [Asked(NUMBER)])
    assert len(server.tokens) == 1


def test_a_webhook_of_aftership_is_believed_by_its_signature_alone() -> None:
    body = json.dumps({"ts": 1, "event": "tracking_update", "msg": AFTERSHIP}).encode()
    account = Account("", {"key": "k", "hook_secret": "hush"})
    right = base64.b64encode(hmac.new(b"hush", body, hashlib.sha256).digest()).decode()
    vendor = aftership.AfterShip()
    vendor.verify(account, Hook({"aftership-hmac-sha256": right}, body))
    [found] = vendor.told(body)
    assert found.number == "RR123456785PL" and len(found.events) == 2
    for header in ({}, {"aftership-hmac-sha256": "x"}, {"aftership-hmac-sha256": right[:-2] + "A="}):
        with pytest.raises(Forged):
            vendor.verify(account, Hook(header, body))
    with pytest.raises(Forged):
        empty = base64.b64encode(hmac.new(b"", body, hashlib.sha256).digest()).decode()
        vendor.verify(Account(""), Hook({"aftership-hmac-sha256": empty}, body))


def test_a_webhook_of_17track_is_believed_by_its_signature_alone() -> None:
    body = json.dumps(
        {"event": "TRACKING_UPDATED", "data": {"number": "LB1", "track_info": SEVENTEEN}}
    ).encode()
    account, vendor = Account("", {"key": "17secret"}), seventeen_track.SeventeenTrack()
    right = hashlib.sha256(body + b"/17secret").hexdigest()
    vendor.verify(account, Hook({"sign": right}, body))
    assert vendor.told(body)[0].number == "LB1"
    with pytest.raises(Forged):
        vendor.verify(account, Hook({"sign": right}, body + b" "))
    assert vendor.told(json.dumps({"event": "TRACKING_STOPPED", "data": {"number": "LB1"}}).encode()) == []


def test_a_push_of_dhl_is_believed_by_its_word_alone() -> None:
    account, vendor = Account("", {"key": "k", "hook_token": "a-word"}), dhl.Dhl()
    body = json.dumps({"scope": "shipment", "shipments": [DHL]}).encode()
    vendor.verify(account, Hook({"x-dragoman-token": "a-word"}, body))
    [found] = vendor.told(body)
    assert found.number == DHL["id"] and found.events
    for headers in ({}, {"x-dragoman-token": "another"}):
        with pytest.raises(Forged):
            vendor.verify(account, Hook(headers, body))
    with pytest.raises(Forged):
        vendor.verify(Account("", {"key": "k"}), Hook({"x-dragoman-token": ""}, body))
    assert vendor.told(b'{"scope": "subscription", "secret": "x"}') == []


def test_carriers_without_webhooks_believe_none() -> None:
    for _kind, vendor in trackers.items():
        if not vendor.hooks:
            with pytest.raises(Forged):
                vendor.verify(Account("", {"key": "k"}), Hook({"sign": "x"}, b"{}"))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"msg": 5}', b'{"msg": {"tracking_number": "A", "checkpoints": [1, {}]}}']
)
def test_a_signed_webhook_that_is_no_update_tells_nothing_and_breaks_nothing(body: bytes) -> None:
    try:
        assert all(not one.events for one in aftership.AfterShip().told(body))
    except Rejected:
        assert body == b""


@pytest.mark.parametrize(
    ("said", "coded", "wanted"),
    [
        ("Shipment is on hold at customs", (S.IN_TRANSIT, None), (S.EXCEPTION, D.CUSTOMS_HOLD)),
        ("Import duty payment required", (S.EXCEPTION, None), (S.EXCEPTION, D.CUSTOMS_PAYMENT)),
        ("Commercial invoice missing", (S.EXCEPTION, None), (S.EXCEPTION, D.CUSTOMS_PAPERS)),
        ("Recipient refused the parcel", (S.EXCEPTION, None), (S.EXCEPTION, D.REFUSED)),
        ("Delivered to your neighbour", (S.DELIVERED, None), (S.DELIVERED, D.TO_NEIGHBOUR)),
        ("Delivered, left at front door", (S.DELIVERED, None), (S.DELIVERED, D.TO_SAFE_PLACE)),
        ("Delivered after customs delay", (S.DELIVERED, None), (S.DELIVERED, None)),
        ("Delivered to shipper", (S.DELIVERED, None), (S.RETURNED, None)),
        ("Ready for collection at a parcel locker", (S.IN_TRANSIT, None), (S.READY_TO_COLLECT, None)),
        ("จัดส่งแล้ว", (S.IN_TRANSIT, None), (S.IN_TRANSIT, None)),
    ],
)
def test_words_make_a_code_finer_and_never_undo_a_delivery(said: str, coded: Any, wanted: Any) -> None:
    assert read_words(said, coded) == wanted


def test_what_vendors_call_our_carriers_are_carriers_of_ours() -> None:
    assert set(aftership.SLUGS) | set(dhl._SERVICES.values()) <= set(carriers())
    for tracker in (
        aftership.AfterShip,
        seventeen_track.SeventeenTrack,
        dhl.Dhl,
        ups.Ups,
        fedex.FedEx,
        postnord.PostNord,
    ):
        assert tracker.carriers <= set(carriers())
    assert (
        aftership.carrier_of("dhl") == "dhl_express"
        and aftership.carrier_of("some-courier") == "some-courier"
    )
    assert aftership.state_of("Exception", "Exception_999") == (S.EXCEPTION, None)
    assert datetime(2026, 11, 26, 8, 30, tzinfo=UTC) == ups._when(
        {"gmtDate": "20261126", "gmtTime": "08:30:00"}
    )
