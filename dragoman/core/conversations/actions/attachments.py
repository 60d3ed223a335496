"""Keeping files an agent wants to send along, before there is a message."""

from typing import BinaryIO

from dragoman.core.accounts.models import Agent
from dragoman.ground.files import store
from dragoman.kit.address import clean

from ..access import check_may_reply
from ..models import Attachment

LONGEST_NAME = 255


def keep_attachment(agent: Agent, *, file: BinaryIO, name: str, content_type: str) -> Attachment:
    """Store a file that waits to be sent by this agent; raises TooLarge, NotAllowed."""
    check_may_reply(agent)
    kept = store.keep(agent.workspace_id, file)
    return Attachment.objects.create(
        workspace_id=agent.workspace_id,
        file_key=kept.key,
        name=clean(name).strip()[-LONGEST_NAME:] or "file",
        content_type=(content_type or "application/octet-stream")[:120],
        size=kept.size,
        uploader=f"agent:{agent.pk}",
    )
