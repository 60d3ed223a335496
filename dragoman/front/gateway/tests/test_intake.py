"""The mail door waits for its port, and nothing else waits for it."""

import logging
import smtplib
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from dragoman.front.gateway import intake
from tests.serving import free_port


def test_a_door_whose_port_is_taken_opens_when_the_port_is_free(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "TRIES_A_MINUTE", 600)
    port = free_port()
    door = intake.MailDoor(urlsplit(f"smtp://127.0.0.1:{port}"))
    with socket.create_server(("127.0.0.1", port)), caplog.at_level(logging.ERROR):
        door.start()
        _until(lambda: bool(caplog.records))
        assert f"no mail is taken at smtp://127.0.0.1:{port}, trying again" in caplog.text
        assert door.listener is None
    try:
        _until(lambda: door.listener is not None)
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            assert client.noop()[0] == 250
    finally:
        door.stop()


def test_a_door_that_never_opened_is_shut_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        door = intake.MailDoor(urlsplit(f"smtp://127.0.0.1:{taken.getsockname()[1]}"))
        door.start()
        door.stop()
        assert not door.is_alive()


def _until(done: Callable[[], bool]) -> None:

    until = time.monotonic() + 10
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)
