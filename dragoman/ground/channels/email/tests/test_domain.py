"""A mail domain in the DNS: guesses, and records read back, against a name server of ours."""

import pytest

from dragoman.ground.channels.email.dkim_key import dns_record, new_key
from dragoman.ground.channels.email.domain import Wanted, check_record, guess_servers
from tests.names import name_server


def test_a_known_house_needs_no_dns():
    assert guess_servers("anna@gmail.com", None).imap == ("imap.gmail.com", 993, "tls")


@pytest.mark.parametrize(
    "exchanger, house",
    [
        ("10 aspmx.l.google.com.", "google"),
        ("0 shop-example.mail.protection.outlook.com.", "microsoft"),
        ("10 in1-smtp.messagingengine.com.", "fastmail"),
    ],
)
def test_who_takes_the_mail_tells_the_house(exchanger, house):
    with name_server({("shop.example", "MX"): [exchanger]}) as resolver:
        guess = guess_servers("help@shop.example", resolver)
    assert guess.how == "mx" and guess.vendor and guess.vendor.name == house


def test_a_house_is_not_taken_for_another_with_a_longer_name():
    with name_server({("shop.example", "MX"): ["10 mx.notgoogle.com."]}) as resolver:
        assert guess_servers("help@shop.example", resolver).vendor is None


def test_srv_records_name_the_servers():
    zone = {
        ("_imaps._tcp.shop.example", "SRV"): ["0 1 993 box.shop.example."],
        ("_submission._tcp.shop.example", "SRV"): ["0 1 587 out.shop.example."],
    }
    with name_server(zone) as resolver:
        guess = guess_servers("help@shop.example", resolver)
    assert guess.how == "srv" and guess.imap == ("box.shop.example", 993, "tls")
    assert guess.smtp == ("out.shop.example", 587, "starttls")


def test_usual_names_are_guessed_if_they_exist():
    with name_server({("mail.shop.example", "A"): ["192.0.2.1"]}) as resolver:
        guess = guess_servers("help@shop.example", resolver)
        nothing = guess_servers("help@other.example", resolver)
    assert guess.how == "guess" and guess.imap == ("mail.shop.example", 993, "tls")
    assert nothing.how == "nothing"


SPF = Wanted("SPF", "shop.example", "v=spf1 include:_spf.google.com ~all")


@pytest.mark.parametrize(
    "there, state, paste",
    [
        ([], "missing", "v=spf1 include:_spf.google.com ~all"),
        (['"v=spf1 include:_spf.google.com -all"'], "found", "v=spf1 include:_spf.google.com -all"),
        (['"v=spf1 mx -all"'], "differs", "v=spf1 mx include:_spf.google.com -all"),
        (['"v=spf1 mx ~all"', '"v=spf1 a ~all"'], "differs", "v=spf1 a mx include:_spf.google.com ~all"),
        (['"v=spf10 nothing"', '"google-site-verification=1"'], "missing", SPF.value),
    ],
)
def test_spf_is_merged_never_replaced(there, state, paste):
    with name_server({("shop.example", "TXT"): there, ("shop.example", "A"): ["192.0.2.1"]}) as resolver:
        seen = check_record(SPF, resolver)
    assert (seen.state, seen.paste) == (state, paste)


def test_a_dkim_key_in_pieces_is_the_same_key_and_another_one_differs():
    secrets = {"dkim_key": new_key(), "dkim_selector": "dragoman", "dkim_domain": "shop.example"}
    name, value = dns_record(secrets)
    pieces = " ".join(f'"{value[at : at + 200]}"' for at in range(0, len(value), 200))
    with name_server({(name, "TXT"): [pieces]}) as resolver:
        assert check_record(Wanted("DKIM", name, value), resolver).state == "found"
        other = dns_record({**secrets, "dkim_key": new_key()})[1]
        assert check_record(Wanted("DKIM", name, other), resolver).state == "differs"


def test_dmarc_of_the_domain_above_counts():
    wanted = Wanted("DMARC", "_dmarc.mail.shop.example", "v=DMARC1; p=none")
    with name_server({("_dmarc.shop.example", "TXT"): ['"v=DMARC1; p=reject"']}) as resolver:
        seen = check_record(wanted, resolver)
        assert seen.state == "found" and seen.there == ["v=DMARC1; p=reject"]
        assert check_record(Wanted("DMARC", "_dmarc.other.example", "v=DMARC1"), resolver).state == "missing"


def test_a_host_with_an_address_is_its_own_exchanger():
    wanted = Wanted("MX", "desk.shop.example", "10 desk.shop.example", "MX")
    with name_server({("desk.shop.example", "A"): ["192.0.2.1"]}) as resolver:
        assert check_record(wanted, resolver).state == "found"
    with name_server({("desk.shop.example", "MX"): ["5 mx.other.example."]}) as resolver:
        assert check_record(wanted, resolver).there == ["5 mx.other.example"]


def test_a_silent_name_server_says_nothing_about_the_record():
    with name_server({}) as resolver:
        pass
    resolver.lifetime = 0.3
    assert check_record(SPF, resolver).state == "unknown"
    assert guess_servers("help@shop.example", resolver).how == "nothing"
