"""The people of the tests: customer Somchai, agent Greta, and Mallory who belongs to another workspace."""

import itertools
from dataclasses import dataclass

from django.contrib.auth.hashers import Argon2PasswordHasher

from dragoman.core.accounts.actions import add_agent, create_token, create_workspace
from dragoman.core.accounts.models import Agent, Brand, Role, Workspace
from dragoman.core.accounts.queries import get_brand
from dragoman.core.conversations.actions.receive import Incoming, Received, receive_message
from dragoman.ground.events.actions import tell_pending
from dragoman.kit import workspace

PASSWORD = "correct horse battery"


class QuickArgon2(Argon2PasswordHasher):
    """Django's Argon2 at the least cost it takes: the suite's, never an installation's."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@dataclass(frozen=True)
class House:
    """A workspace with its brand, an owner and a token."""

    workspace: Workspace
    brand: Brand
    greta: Agent
    token: str

    def acting(self):  # type: ignore[no-untyped-def]
        """Act in this workspace."""
        return workspace.acting_in(self.workspace.pk)


def a_house(slug: str = "kaisla", *, owner: str = "greta") -> House:
    """Make a workspace with Greta as its owner."""
    made = create_workspace(slug)
    with workspace.acting_in(made.pk):
        brand = get_brand(made.pk)
        agent = add_agent(
            made.pk, email=f"{owner}@{slug}.example", name=owner.title(), role=Role.OWNER, password=PASSWORD
        )
        return House(made, brand, agent, create_token(made.pk))


def write(
    house: House, text: str = "สวัสดีค่ะ", *, who: str = "somchai@example.com", **more: object
) -> Received:
    """Let a customer write over the API channel."""
    number = next(_numbers)
    facts: dict[str, object] = {
        "channel": "api",
        "source": "api",
        "external_id": f"test-{number}",
        "brand_id": house.brand.pk,
        "kind": "email",
        "identity": who,
        "name": who.partition("@")[0].title(),
        "text": text,
        "raw": b"{}",
        **more,
    }
    with house.acting():
        return receive_message(Incoming(**facts))  # type: ignore[arg-type]


_numbers = itertools.count(1)


def settle() -> None:
    """Let all listeners hear what happened (jobs for the outside stay queued)."""
    while tell_pending():
        pass
