"""The demo's community: customers who help each other in several languages, and one post that waits."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from dragoman.core.accounts.models import Agent, Brand
from dragoman.service.community.actions.choosing import accept, vote
from dragoman.service.community.actions.places import SpaceWish, set_community, set_space
from dragoman.service.community.actions.posting import Asked, answer, answer_as_staff, ask
from dragoman.service.community.actions.profile import Profile, set_profile
from dragoman.service.community.models import Member, Post
from dragoman.service.community.queries import get_thread


def pour_community(workspace_id: int, brands: Mapping[str, Brand], *, lead: Agent) -> None:
    """Open the community of one brand, and let its members ask and answer."""
    data = tomllib.loads(files(__package__).joinpath("data", "community.toml").read_text(encoding="utf-8"))
    brand = brands[data["brand"]]
    here: dict[str, Any] = {"agent": lead, "brand_id": brand.pk}
    set_community(workspace_id, is_on=True, first_posts=0, **here)
    for at, one in enumerate(data["spaces"]):
        set_space(workspace_id, wish=SpaceWish(**one, position=at), **here)
    members = {one["name"]: _member(brand, one) for one in data["members"]}
    for one in data["threads"]:
        _thread(one, members, lead)
    set_community(workspace_id, is_on=True, first_posts=1, **here)


def _member(brand: Brand, one: Mapping[str, str]) -> Member:
    made = Member.objects.create(
        workspace_id=brand.workspace_id, brand=brand, email=one["email"], language=one["language"]
    )
    return set_profile(made, Profile(one["name"], one["language"]))


def _thread(one: Mapping[str, Any], members: Mapping[str, Member], lead: Agent) -> None:
    asker = members[one["by"]]
    asked = ask(asker, Asked(one["space"], one["title"], one["body"], one["language"]))
    answers: list[Post] = []
    for said in one.get("answers", []):
        thread = get_thread(asker.workspace_id, asked.thread_id)
        made = (
            answer_as_staff(lead, thread=thread, body=said["body"])
            if said.get("staff")
            else answer(members[said["by"]], thread=thread, body=said["body"], language=said["language"])
        )
        made.thread = thread
        for name in said.get("votes", []):
            if members[name].pk != made.member_id:
                vote(members[name], made)
        answers.append(made)
    if "accepted" in one:
        accept(asker, answers[one["accepted"]])
