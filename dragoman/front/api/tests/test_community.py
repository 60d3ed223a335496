"""Programs read what everybody reads, what waits, and the figures; nothing of another workspace."""

import pytest
from django.test import Client

from dragoman.service.community.actions.reporting import Notice, report_post
from dragoman.service.community.actions.standing import hold
from dragoman.service.community.tests.people import a_member, a_question, a_solved_question, open_community
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


def client_of(house: House) -> Client:
    return Client(headers={"Authorization": f"Bearer {house.token}"})


def test_questions_reports_and_figures_are_read_by_programs() -> None:
    house, mallory = a_house(), a_house("mallory", owner="mallory")
    with house.acting():
        open_community(house)
        somchai = a_member(house, "Somchai")
        asked, solved = a_solved_question(somchai, a_member(house, "Aino"))
        hold(a_question(somchai, "This one waits for a person, it does."), ["first"])
        report_post(solved, Notice("spam", "It advertises a bulb of theirs.", "en", email="p@q.example"))
    client, foreign = client_of(house), client_of(mallory)
    api = "/api/v1/community"
    [one] = client.get(f"{api}/questions").json()["items"]
    assert (one["id"], one["solved"], one["author"]) == (str(asked.thread_id), True, "Somchai")
    assert client.get(f"{api}/questions?q=bulbs").json()["items"] == [one]
    assert client.get(f"{api}/questions?answered=false").json()["items"] == []
    posts = client.get(f"{api}/questions/{one['id']}").json()["posts"]
    assert [(each["author"], each["accepted"]) for each in posts] == [("Somchai", False), ("Aino", True)]
    assert [each["key"] for each in client.get(f"{api}/spaces").json()["items"]] == ["lamps"]
    [report] = client.get(f"{api}/reports").json()["items"]
    assert report["post"] == str(solved.pk) and "p@q.example" not in str(report)
    assert client.get(f"{api}/figures").json()["reports"] == {"spam": 1}
    assert "example.com" not in str([one, posts])

    assert foreign.get(f"{api}/questions").json()["items"] == []
    assert foreign.get(f"{api}/questions/{one['id']}").status_code == 404
    assert foreign.get(f"{api}/reports").json()["items"] == []
    assert client.get(f"{api}/questions/{int(one['id']) + 1}").status_code == 404
