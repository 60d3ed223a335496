"""What a community is: places, members, questions with their answers, and what people decided about them."""

from .member_models import JoinCode, Member
from .moderation_models import Appeal, Decision, Report
from .place_models import Community, Space
from .post_models import Follow, Post, Rendering, Thread, Vote

__all__ = [
    "Appeal",
    "Community",
    "Decision",
    "Follow",
    "JoinCode",
    "Member",
    "Post",
    "Rendering",
    "Report",
    "Space",
    "Thread",
    "Vote",
]
