"""What members decide about themselves: their name, language and mails, signing out everywhere, going."""

import unicodedata
from dataclasses import dataclass
from typing import Final
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.queries import agents_of, brands_of
from dragoman.core.language.redact import redacted
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.tags import LANGUAGES, match
from dragoman.kit.text import fold

from ..errors import BadPost
from ..events import MemberLeft
from ..models import Follow, Member, Post
from .standing import anonymise_posts, withdraw

SHORTEST_NAME, LONGEST_NAME = 2, 40
# joiners that Persian and the scripts of India write with
_KEPT: Final = {"\u200c", "\u200d"}


@dataclass(frozen=True)
class Profile:
    """What a member says about themselves; `time_zone` "" is one we do not know."""

    name: str
    language: str
    time_zone: str = ""
    wants_digest: bool = True
    wants_answers: bool = True


@transaction.atomic
def set_profile(member: Member, wish: Profile) -> Member:
    """Keep a member's name and wishes; raises BadPost for a name that is taken, another's or an address."""
    name = tidy_name(wish.name)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise BadPost("name", _("A name has 2 to 40 characters."))
    if redacted(name) or "@" in name or "://" in name or "www." in name.lower():
        raise BadPost("name", _("Everybody sees this name: choose one without an address or a number."))
    key = name_key(name)
    if not key:
        raise BadPost("name", _("A name needs letters."))
    if key in _staff_names(member):
        raise BadPost("name", _("This name belongs to the team of the shop. Choose another one."))
    if wish.time_zone and wish.time_zone not in available_timezones():
        raise BadPost("time_zone", _("Give a time zone such as “Asia/Bangkok”."))
    changes = {
        "name": name,
        "name_key": key,
        "language": match(wish.language, LANGUAGES) or member.language,
        "time_zone": wish.time_zone,
        "wants_digest": wish.wants_digest,
        "wants_answers": wish.wants_answers,
    }
    for field, value in changes.items():
        setattr(member, field, value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(changes))
    except IntegrityError:
        raise BadPost("name", _("Somebody here has this name already. Choose another one.")) from None
    return member


def tidy_name(said: str) -> str:
    """Return a name in one line, without signs that nobody sees."""
    plain = unicodedata.normalize("NFC", clean(said))
    seen = (one for one in plain if one in _KEPT or unicodedata.category(one) not in ("Cf", "Cc", "Co", "Cn"))
    return " ".join("".join(seen).split())


def name_key(name: str) -> str:
    """Return a name as names are told apart: case, accents, blanks and signs do not count."""
    return "".join(one for one in fold(name) if one.isalnum())[:80]


def _staff_names(member: Member) -> set[str]:
    agents = agents_of(member.workspace_id).values_list("name", flat=True)
    brands = brands_of(member.workspace_id).values_list("name", flat=True)
    return {name_key(one) for one in (*agents, *brands)} - {""}


def sign_out_everywhere(member: Member) -> None:
    """Let no browser be signed in any more."""
    Member.objects.filter(workspace_id=member.workspace_id, pk=member.pk).update(passes=member.passes + 1)


def stop_mails(member: Member) -> None:
    """Send no digest any more: what the link in each of them does."""
    Member.objects.filter(workspace_id=member.workspace_id, pk=member.pk).update(wants_digest=False)


@transaction.atomic
def leave(member: Member, *, with_posts: bool) -> None:
    """Let a member go: nothing names them any more; `with_posts`, their words are taken out, too."""
    mine = Post.objects.filter(workspace_id=member.workspace_id, member_id=member.pk)
    if with_posts:
        for post in mine.select_related("thread").exclude(state=Post.State.WITHDRAWN):
            withdraw(post)
    forget_member(member)


def forget_member(member: Member) -> None:
    """Take out who a member was; must run in a transaction."""
    here = {"workspace_id": member.workspace_id, "member_id": member.pk}
    anonymise_posts(member)
    Follow.objects.filter(**here).delete()
    Member.objects.filter(workspace_id=member.workspace_id, pk=member.pk).update(
        email="",
        name="",
        name_key="",
        time_zone="",
        wants_digest=False,
        wants_answers=False,
        passes=member.passes + 1,
        left_at=timezone.now(),
    )
    publish(MemberLeft(member_id=member.pk))
