"""Who may decide is told that somebody asks, who asked how it ended."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.authority.actions import approvals
from dragoman.core.accounts.authority.ports import subjects
from dragoman.core.accounts.authority.verdicts import Ask
from dragoman.core.accounts.models import Approval, Role
from dragoman.core.accounts.tasks import expire_approvals
from dragoman.core.notifications.models import Notification
from dragoman.core.notifications.ports import about
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


class Deaf:
    """Waits for decisions and does nothing about them."""

    def approved(self, approval: Approval) -> None:
        """Do nothing."""

    ended = reopened = approved


@pytest.fixture(autouse=True)
def deaf():
    subjects.register("trial")(Deaf())
    yield
    subjects._members.pop("trial")


def told(kind: str) -> set[int]:
    settle()
    return set(Notification.objects.filter(kind=kind).values_list("agent_id", flat=True))


def test_approvers_are_told_and_the_requester_hears_the_end():
    house = a_house()
    with house.acting():
        here = house.workspace.pk
        mika = add_agent(here, email="mika@kaisla.example", name="Mika", role=Role.AGENT)
        lena = add_agent(here, email="lena@kaisla.example", name="Lena", role=Role.LEAD)
        rows = []
        for number in range(3):
            with transaction.atomic():
                ask = Ask("refund", "FI", "", 20_000, "EUR")
                facts = {"title": f"Refund {number}"}
                rows.append(
                    approvals.ask_approval(
                        here, requester=mika, ask=ask, subject=f"trial:{number}", facts=facts
                    )
                )
        assert told("approval_asked") == {lena.pk, house.greta.pk}
        assert about(here, [f"approval:{rows[1].pk}"])[f"approval:{rows[1].pk}"].title == "Refund 1"
        # what an order's request is called is said to each in their own language
        rows[1].facts = {"title": "Refund · K-1", "number": "K-1"}
        rows[1].save(update_fields=["facts"])
        with override("fi"):
            assert about(here, [f"approval:{rows[1].pk}"])[f"approval:{rows[1].pk}"].title == "Hyvitys · K-1"
        approvals.approve(here, rows[0].pk, agent=lena)
        assert told("approved") == {mika.pk}
        approvals.decline(here, rows[1].pk, agent=lena)
        assert told("declined") == {mika.pk}
        Approval.objects.filter(pk=rows[2].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    expire_approvals()
    with house.acting():
        assert told("approval_over") == {mika.pk}
