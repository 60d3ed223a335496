"""A wrong setting stops the start with its name and what is expected, in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password, make_password

from dragoman.config import settings as installed
from dragoman.config.environment import WrongSetting, environment


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://x", "must start with postgresql://"),
        ("DRAGOMAN_BASE_URL", "shop", "must be a full address"),
        ("DRAGOMAN_SECRET_KEY", "short", "at least 32 characters"),
        ("DRAGOMAN_POOL_SIZE", "many", "must be a whole number"),
        ("DRAGOMAN_POOL_SIZE", "1", "must be 2 or more"),
        ("DRAGOMAN_DEBUG", "perhaps", "must be 1 or 0"),
        ("DRAGOMAN_EVENTS_KEEP_DAYS", "-1", "must be 1 or more"),
        ("DRAGOMAN_TRUSTED_PROXIES", "proxy", "must hold addresses or networks"),
        ("MAIL_FROM", "Kaisla", "must be an address"),
        ("MAIL_URL", "http://x", "must start with smtp://"),
        ("MAIL_URL", "smtp://", "must name a server"),
        ("MAIL_LISTEN", "smtp://127.0.0.1", "must look like smtp://127.0.0.1:8025"),
        ("TRANSLATOR_URL", "babel://fish", "is no translation engine"),
        ("STORAGE_URL", "ftp://x/y", "must start with file:// or s3://"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    environment.cache_clear()
    try:
        with pytest.raises(WrongSetting, match=f"^{name} .*{words}"):
            environment()
    finally:
        monkeypatch.undo()
        environment.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("DRAGOMAN_DEBUG", "perhaps"), ("MAIL_FROM", "nobody")]
)
def test_the_command_says_it_in_one_sentence(tmp_path: Path, name: str, value: str):
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "serve"],
        env={"PATH": os.environ["PATH"], "DRAGOMAN_HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert value in done.stderr or name in done.stderr


def test_an_installation_keeps_passwords_by_argon2_at_its_full_cost(settings):
    settings.PASSWORD_HASHERS = installed.PASSWORD_HASHERS
    kept = make_password("correct horse battery")
    assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert check_password("correct horse battery", kept)
