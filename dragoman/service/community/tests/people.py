"""A community with a space, members who asked and answered, for tests of this floor and above."""

from dragoman.service.community.actions.choosing import accept
from dragoman.service.community.actions.places import SpaceWish, set_community, set_space
from dragoman.service.community.actions.posting import Asked, answer, ask
from dragoman.service.community.actions.profile import Profile, set_profile
from dragoman.service.community.models import Member, Post
from tests.people import House


def open_community(house: House, *, first_posts: int = 0) -> None:
    """Open the community of a house, with a space for lamps."""
    here = {"agent": house.greta, "brand_id": house.brand.pk}
    set_community(house.workspace.pk, is_on=True, first_posts=first_posts, **here)
    set_space(house.workspace.pk, wish=SpaceWish("lamps", {"en": "Lamps"}), **here)


def a_member(house: House, name: str, *, language: str = "en") -> Member:
    """Return a member with a name and a proven address."""
    made = Member.objects.create(
        workspace_id=house.workspace.pk,
        brand=house.brand,
        email=f"{name.lower()}@example.com",
        language=language,
    )
    return set_profile(made, Profile(name=name, language=language))


def a_question(member: Member, body: str = "Mine broke. I need a new one.") -> Post:
    """Let a member ask."""
    return ask(member, Asked("lamps", "Which bulb fits the Loimu lamp?", body, "en"))


def a_solved_question(asker: Member, helper: Member) -> tuple[Post, Post]:
    """Let a member ask and another one solve it."""
    asked = a_question(asker)
    asked.thread.refresh_from_db()
    solved = answer(helper, thread=asked.thread, body="It is E14, at most 25 W.", language="en")
    accept(asker, solved)
    asked.thread.refresh_from_db()
    return asked, solved
