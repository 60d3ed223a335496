"""The pages around the log-in: each is ours, and the second step works."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from dragoman.core.accounts.models import User
from tests.people import PASSWORD, House

from .conftest import logged_in

OURS = 'href="/static/design/tokens.css"'


def page(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def every_account_path() -> list[str]:
    """Return the addresses under /account/ that take no argument."""
    names = [
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(("account_", "mfa_", "usersessions_"))
    ]
    found = (get_resolver().reverse_dict.getlist(name)[0][0][0] for name in sorted(names))
    return sorted(f"/{path}" for path, arguments in found if not arguments)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def connect_app(client: Client) -> str:
    """Connect an authenticator app as Greta does and return its secret."""
    answer = client.get("/account/2fa/totp/activate/", follow=True)
    if "Is it you?" in answer.content.decode():
        path = answer.redirect_chain[-1][0]
        client.post(path, {"password": PASSWORD, "next": "/account/2fa/totp/activate/"})
        answer = client.get("/account/2fa/totp/activate/")
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7]+)<', answer.content.decode())
    assert secret is not None
    done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret[1])})
    assert done.status_code == 302, done.content.decode()
    return secret[1]


def test_the_log_in_page_is_ours_and_offers_a_passkey(transactional_db: None) -> None:
    found = page(Client(), "/login")
    assert OURS in found
    assert 'data-passkey="login"' in found


def test_a_wrong_password_is_refused_in_words(house: House) -> None:
    answer = Client().post("/login", {"login": house.greta.user.email, "password": "nonsense"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_guessing_is_stopped(house: House) -> None:
    client = Client()
    for _try in range(7):
        answer = client.post("/login", {"login": house.greta.user.email, "password": "nonsense"})
    right = client.post("/login", {"login": house.greta.user.email, "password": PASSWORD})
    assert right.status_code != 302, "throttled even with the right password"
    assert answer.status_code in {200, 429}


@pytest.mark.parametrize("path", every_account_path())
def test_every_page_of_allauth_is_ours_for_strangers_and_for_agents(house: House, path: str) -> None:
    for client in (Client(), logged_in(house.greta)):
        answer = client.get(path, follow=True)
        assert answer.status_code in {200, 404}, path
        if answer["Content-Type"].startswith("text/html"):
            assert OURS in answer.content.decode(), path
            assert "style=" not in answer.content.decode(), path


def test_an_app_as_the_second_step_is_connected_asked_for_and_replaced_by_a_code(house: House) -> None:
    client = logged_in(house.greta)
    secret = connect_app(client)
    stored = Authenticator.objects.values_list("data", flat=True)
    assert not any(secret in str(data) for data in stored), "a copy of the database opens no log-in"
    codes = re.findall(r'<code dir="ltr">(\w+)</code>', page(client, "/account/2fa/recovery-codes/"))
    assert len(codes) == 10
    assert "10 codes are left." in page(client, "/settings/security")
    for code in (code_of(secret), codes[0]):
        again = Client()
        first = again.post("/login", {"login": house.greta.user.email, "password": PASSWORD}, follow=True)
        assert "The second step" in first.content.decode()
        assert again.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
        if code == codes[0]:
            assert again.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
            assert again.get("/?view=open").status_code == 200


def test_a_forgotten_password_is_set_anew_by_a_mail(house: House, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = Client()
    client.post("/account/password/reset/", {"email": house.greta.user.email})
    assert "Set a new password" in mail.outbox[0].subject
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = client.get(link[1], follow=True)
    assert OURS in form.content.decode()
    path = form.redirect_chain[-1][0]
    client.post(path, {"password1": "a much newer sentence", "password2": "a much newer sentence"})
    assert User.objects.get(pk=house.greta.user_id).check_password("a much newer sentence")


def test_an_unknown_address_learns_nothing_on_the_page(house: House, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answer = Client().post("/account/password/reset/", {"email": "nobody@kaisla.example"}, follow=True)
    assert answer.status_code == 200
    assert "If there is a log-in of that address" in answer.content.decode()


def test_the_password_is_changed_and_a_short_one_refused(house: House, as_greta: Client) -> None:
    new = "another good sentence"
    short = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "10 characters" in as_greta.post("/account/password/change/", short).content.decode()
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert as_greta.post("/account/password/change/", form).status_code == 302
    assert User.objects.get(pk=house.greta.user_id).check_password(new)
