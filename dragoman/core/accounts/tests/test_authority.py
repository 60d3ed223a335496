"""How far somebody may go alone: the narrowest limit, what is left of it, and who says yes beyond."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.authority import verdicts
from dragoman.core.accounts.authority.actions import approvals
from dragoman.core.accounts.authority.actions.limits import (
    LimitWritten,
    remove_limit,
    save_limit,
    set_stand_in,
)
from dragoman.core.accounts.authority.errors import (
    AlreadyDecided,
    BeyondYours,
    LimitsAreLeads,
    LimitTaken,
    NoApproval,
    NoAuthority,
    NotYourDecision,
    OwnRequest,
    WrongLimit,
    WrongStandIn,
)
from dragoman.core.accounts.authority.ports import subjects
from dragoman.core.accounts.authority.queries import approvers_of, running_use, waiting_for
from dragoman.core.accounts.authority.verdicts import Ask, Outcome, Why, may, release, take
from dragoman.core.accounts.models import Agent, Approval, AuthorityUse, Role
from dragoman.core.accounts.tasks import expire_approvals
from tests.people import House, a_house

pytestmark = pytest.mark.django_db(transaction=True)
EUR = Ask(kind="refund", market="FI", amount=3000, currency="EUR")


class Heard:
    """Stands for whatever waits for a decision."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def approved(self, approval: Approval) -> None:
        self.said.append(("approved", approval.subject))

    def ended(self, approval: Approval) -> None:
        self.said.append(("ended", approval.subject))

    def reopened(self, approval: Approval) -> None:
        self.said.append(("reopened", approval.subject))


@contextmanager
def listening():
    heard = Heard()
    subjects.register("trial")(heard)
    try:
        yield heard
    finally:
        subjects._members.pop("trial")


@pytest.fixture
def house():
    return a_house()


def agent(house: House, name: str, role: str = Role.AGENT) -> Agent:
    return add_agent(
        house.workspace.pk, email=f"{name}@{house.workspace.slug}.example", name=name.title(), role=role
    )


def limit(house: House, **more):
    return save_limit(house.workspace.pk, agent=house.greta, written=LimitWritten(**more))


def asked(house: House, who: Agent | None, ask: Ask = EUR, *, subject: str = "trial:1") -> Approval:
    with transaction.atomic():
        return approvals.ask_approval(
            house.workspace.pk, requester=who, ask=ask, subject=subject, facts={"title": "Refund"}
        )


def test_a_new_workspace_has_limits_that_are_right(house):
    with house.acting():
        mika, lena = agent(house, "mika"), agent(house, "lena", Role.LEAD)
        light = agent(house, "lumi", Role.LIGHT)
        here = house.workspace.pk
        assert may(here, mika, EUR).allowed
        over = Ask("refund", "FI", "", 5001, "EUR")
        assert may(here, mika, over).why == Why.ONE
        assert may(here, lena, over).allowed
        assert may(here, mika, Ask("refund", "JP", "", 8000, "JPY")).allowed
        assert may(here, mika, Ask("refund", "KW", "", 15_001, "KWD")).why == Why.ONE
        # no limit was ever set in Zambian kwacha, and nothing is converted
        assert may(here, mika, Ask("refund", "ZM", "", 1, "ZMW")).why == Why.CURRENCY
        assert may(here, mika, Ask("cancel", "FI", "", 900_000, "EUR")).allowed
        assert may(here, house.greta, Ask("refund", "FI", "", 90_000_000, "ZMW")).allowed
        assert may(here, light, Ask("address", "FI")).outcome == Outcome.REFUSED


def test_the_narrowest_limit_holds_and_is_named(house):
    with house.acting():
        mika = agent(house, "mika")
        here = house.workspace.pk
        wide = limit(house, role="agent", sums={"THB": {"one": 100_000}})
        thai = limit(house, role="agent", market="TH", sums={"THB": {"one": 300_000}})
        damaged = limit(house, role="agent", market="TH", reason="damaged", sums={"THB": {"one": 500_000}})
        own = limit(house, agent_id=mika.pk, market="TH", sums={"THB": {"one": 700_000}})

        def held(**more):
            verdict = may(here, mika, Ask(**{"kind": "refund", "currency": "THB", "amount": 1, **more}))
            return verdict.rule, verdict.most

        assert held(market="FI") == (wide, 100_000)
        # names as much as the role's, and is hers
        assert held(market="TH") == (own, 700_000)
        assert held(market="TH", reason="damaged") == (damaged, 500_000)
        remove_limit(here, agent=house.greta, limit_id=own.pk)
        assert held(market="TH") == (thai, 300_000)


def test_what_is_left_is_counted_from_what_was_done(house):
    with house.acting():
        mika = agent(house, "mika")
        here = house.workspace.pk
        sums = {"EUR": {"one": 5000, "month": 7000, "customer": 4000}}
        limit(house, role="agent", kind="refund", sums=sums, per_day=3)
        for number, customer in ((1, 7), (2, 8)):
            ask = Ask("refund", "FI", "", 3000, "EUR", customer)
            with transaction.atomic():
                assert take(here, mika, ask, subject=f"trial:{number}").allowed
        left = may(here, mika, Ask("refund", "FI", "", 1000, "EUR", 7))
        assert (left.left_today, left.left_month, left.left_customer, left.allowed) == (1, 1000, 1000, True)
        assert may(here, mika, Ask("refund", "FI", "", 1001, "EUR", 9)).why == Why.MONTH
        # another hand gives to the same customer: it is the customer's sum all the same
        lauri = agent(house, "lauri")
        assert may(here, lauri, Ask("refund", "FI", "", 1001, "EUR", 7)).why == Why.CUSTOMER
        with transaction.atomic():
            take(here, mika, Ask("refund", "FI", "", 0, ""), subject="trial:3")
        assert may(here, mika, Ask("refund", "FI", "", 1, "EUR")).why == Why.DAY
        used = running_use(here, mika)
        assert (used.today, used.sums) == (3, (("EUR", 6000),))
        release(here, "trial:1")
        assert may(here, mika, Ask("refund", "FI", "", 4000, "EUR", 7)).allowed
        AuthorityUse.objects.update(at=timezone.now() - timedelta(days=32))
        assert may(here, mika, Ask("refund", "FI", "", 4000, "EUR", 8)).left_month == 7000


def test_two_at_once_cannot_pass_a_limit(house):
    with house.acting():
        mika = agent(house, "mika")
        limit(house, agent_id=mika.pk, sums={"EUR": {"month": 5000}})

    def use(place: int) -> bool:
        try:
            with house.acting(), transaction.atomic():
                return take(house.workspace.pk, mika, EUR, subject=f"trial:{place}").allowed
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1


def test_what_is_never_theirs_cannot_even_be_asked(house):
    with house.acting():
        mika = agent(house, "mika")
        limit(house, role="agent", kind="store_credit", decision="refuse")
        with transaction.atomic(), pytest.raises(NoAuthority):
            take(house.workspace.pk, mika, Ask("store_credit"), subject="trial:1")
        limit(house, role="agent", reason="fraud", decision="ask")
        verdict = may(house.workspace.pk, mika, Ask("refund", reason="fraud", amount=1, currency="EUR"))
        assert (verdict.outcome, verdict.why) == (Outcome.NEEDS_APPROVAL, Why.RULE)


def test_whoever_has_the_authority_decides_once_and_never_who_asked(house):
    with house.acting(), listening() as heard:
        here = house.workspace.pk
        mika, lauri, lena = agent(house, "mika"), agent(house, "lauri"), agent(house, "lena", Role.LEAD)
        ask = Ask("refund", "FI", "", 20_000, "EUR", 7)
        row = asked(house, mika, ask)
        assert {one.pk for one in approvers_of(row)} == {lena.pk, house.greta.pk}
        assert waiting_for(lena) == [row]
        assert waiting_for(mika) == waiting_for(lauri) == []
        with pytest.raises(OwnRequest):
            approvals.approve(here, row.pk, agent=mika)
        with pytest.raises(NotYourDecision):
            approvals.approve(here, row.pk, agent=lauri)
        approvals.approve(here, row.pk, agent=lena, comment="She waited for weeks")
        with pytest.raises(AlreadyDecided):
            approvals.decline(here, row.pk, agent=house.greta)
        assert heard.said == [("approved", "trial:1")]
        # it was hers, not his
        assert running_use(here, lena).sums == (("EUR", 20_000),)
        assert running_use(here, mika).month == 0


def test_a_yes_can_be_taken_back_and_given_again(house):
    with house.acting(), listening() as heard:
        here, lena = house.workspace.pk, agent(house, "lena", Role.LEAD)
        row = asked(house, agent(house, "mika"))
        approvals.approve(here, row.pk, agent=lena)
        with pytest.raises(AlreadyDecided):
            approvals.undo_decision(here, row.pk, agent=house.greta)
        approvals.undo_decision(here, row.pk, agent=lena)
        assert running_use(here, lena).month == 0
        approvals.approve(here, row.pk, agent=lena)
        assert [said for said, _subject in heard.said] == ["approved", "reopened", "approved"]


def test_what_nobody_decides_ends(house):
    with house.acting(), listening():
        mika = agent(house, "mika")
        row = asked(house, mika)
        Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        with pytest.raises(AlreadyDecided):
            approvals.approve(house.workspace.pk, row.pk, agent=house.greta)
    with listening() as heard:
        expire_approvals()
    with house.acting():
        row.refresh_from_db()
        assert (row.state, heard.said) == ("expired", [("ended", "trial:1")])


def test_a_deputy_decides_while_somebody_is_away_with_their_authority(house):
    with house.acting(), listening():
        here, now = house.workspace.pk, timezone.now()
        mika, lauri, lena = agent(house, "mika"), agent(house, "lauri"), agent(house, "lena", Role.LEAD)
        row = asked(house, mika, Ask("refund", "FI", "", 20_000, "EUR"))
        away = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1)}
        with pytest.raises(WrongStandIn):
            set_stand_in(lena, agent=lena, deputy=lena, **away)
        with pytest.raises(LimitsAreLeads):
            set_stand_in(lena, agent=lauri, deputy=lauri, **away)
        set_stand_in(lena, agent=lena, deputy=lauri, **away)
        assert waiting_for(lauri) == [row]
        assert lauri.pk in {one.pk for one in approvers_of(row)}
        decided = approvals.approve(here, row.pk, agent=lauri)
        assert (decided.decided_by, decided.stands_for) == (lauri, lena)
        # whoever asked stays out of it, even as a deputy
        set_stand_in(lena, agent=lena, deputy=mika, **away)
        mine = asked(house, mika, Ask("refund", "FI", "", 20_000, "EUR"), subject="trial:2")
        with pytest.raises(OwnRequest):
            approvals.approve(here, mine.pk, agent=mika)


def test_an_approver_cannot_pass_their_own_limit(house):
    with house.acting(), listening():
        lena = agent(house, "lena", Role.LEAD)
        limit(house, agent_id=lena.pk, sums={"EUR": {"month": 4000}})
        mika = agent(house, "mika")
        rows = [asked(house, mika, subject=f"trial:{number}") for number in (1, 2)]
        approvals.approve(house.workspace.pk, rows[0].pk, agent=lena)
        with pytest.raises(NotYourDecision):
            approvals.approve(house.workspace.pk, rows[1].pk, agent=lena)


def test_nobody_gives_themselves_authority(house):
    with house.acting():
        here, lena, mika = house.workspace.pk, agent(house, "lena", Role.LEAD), agent(house, "mika")
        save_limit(here, agent=lena, written=LimitWritten(role="agent", per_day=5))
        for written in (
            LimitWritten(role="lead"),
            LimitWritten(role="owner"),
            LimitWritten(agent_id=lena.pk),
        ):
            with pytest.raises(BeyondYours):
                save_limit(here, agent=lena, written=written)
        with pytest.raises(LimitsAreLeads):
            save_limit(here, agent=mika, written=LimitWritten(role="agent"))
        with pytest.raises(LimitTaken):
            limit(house, role="agent")
        for bad in (
            {"role": "agent", "sums": {"XXX": {"one": 1}}},
            {"role": "agent", "sums": {"EUR": {"one": -1}}},
            {"role": "agent", "kind": "gift"},
            {"role": "agent", "per_day": -1},
            {},
            {"role": "agent", "agent_id": mika.pk},
        ):
            with pytest.raises(WrongLimit):
                limit(house, **bad)


def test_mallory_decides_nothing_here(house):
    other = a_house("mallory", owner="mallory")
    with house.acting():
        row = asked(house, agent(house, "mika"))
    with other.acting():
        assert waiting_for(other.greta) == []
        with pytest.raises(NoApproval):
            approvals.approve(other.workspace.pk, row.pk, agent=other.greta)
        with pytest.raises(WrongLimit):
            limit(other, agent_id=row.requester_id)
    with house.acting(), pytest.raises(NotYourDecision):
        approvals.approve(house.workspace.pk, row.pk, agent=other.greta)
    with house.acting():
        assert verdicts.uses_of(house.workspace.pk, None).count() == 0
