"""Who acts is told with the first statement, and nothing of it outlives the transaction."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from dragoman.core.customers.models import Customer
from dragoman.kit import workspace
from tests.people import a_house


def who() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user || ':' || coalesce(current_setting('dragoman.workspace_id', true), '')"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_nested_workspaces_everywhere_and_savepoints_each_see_their_own():
    with workspace.acting_in(1), transaction.atomic():
        assert who() == "dragoman_app:1"
        with workspace.acting_in(2):
            assert who() == "dragoman_app:2"
        assert who() == "dragoman_app:1"
        with workspace.everywhere(reason="a test with a ' quote and 100 %"):
            assert who().startswith("dragoman_all:")
        assert who() == "dragoman_app:1"
        with pytest.raises(ZeroDivisionError), transaction.atomic(), workspace.acting_in(3):
            assert who() == "dragoman_app:3"
            raise ZeroDivisionError
        assert who() == "dragoman_app:1"
    assert who() == "dragoman_app:"


@pytest.mark.django_db(transaction=True)
def test_threads_over_one_pool_never_see_each_others_rows():
    houses = [a_house("one", owner="ann"), a_house("two", owner="bob")]
    for house in houses:
        with house.acting():
            Customer.objects.create(workspace=house.workspace, name=house.workspace.slug)
    wrong: list[str] = []

    def read(house) -> None:
        for _ in range(60):
            with house.acting():
                names = {customer.name for customer in Customer.objects.all()}
            if names != {house.workspace.slug}:
                wrong.append(str(names))
        connection.close()

    threads = [threading.Thread(target=read, args=(house,)) for house in houses * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.django_db
def test_a_row_for_another_workspace_is_refused_and_nobody_sees_any():
    house, other = a_house(), a_house("other", owner="mallory")
    with other.acting(), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Customer.objects.create(workspace=house.workspace, name="thief")
    assert Customer.objects.count() == 0
