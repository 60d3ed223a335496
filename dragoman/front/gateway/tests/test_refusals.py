"""A refusal is one line of the log: nothing broke."""

import logging

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from tests.people import a_house


@pytest.mark.django_db
def test_a_page_that_somebody_may_not_see_leaves_one_line_without_a_traceback(caplog):
    house = a_house()
    with house.acting():
        lars = add_agent(house.workspace.pk, email="lars@kaisla.example", name="Lars", role=Role.AGENT)
    client = Client()
    client.force_login(lars.user)
    with caplog.at_level(logging.WARNING, logger="django.request"):
        assert client.get("/settings/import").status_code == 403
    (line,) = [one for one in caplog.records if one.name == "django.request"]
    assert (
        "/settings/import" in line.getMessage() and line.exc_info is None and "Traceback" not in caplog.text
    )
