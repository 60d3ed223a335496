"""A kept draft put back into the composer, with or without a script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.drafting import drafts_in, files_of
from dragoman.core.conversations.models import Attachment, Conversation, Draft

from ..replies.drafts import NOTE, Composer


@dataclass(frozen=True)
class KeptDraft:
    """A draft as the composer shows it."""

    kind: str
    text: str
    fields: Mapping[str, Any]
    files: list[Attachment]
    revision: int
    device: str
    earlier: str
    at: datetime

    def facts(self) -> dict[str, Any]:
        """Return what a script needs of it; the files come as their own chips."""
        return {
            "kind": self.kind,
            "text": self.text,
            "fields": self.fields,
            "files": [file.pk for file in self.files],
            "chips": render_to_string("desk/_files.html", {"files": self.files}) if self.files else "",
            "revision": self.revision,
            "device": self.device,
            "earlier": self.earlier,
            "at": self.at.isoformat(),
        }


def kept(agent: Agent, draft: Draft) -> KeptDraft:
    """Return a draft with its files."""
    return KeptDraft(
        kind=draft.kind,
        text=draft.text,
        fields=draft.fields,
        files=files_of(agent, draft) if draft.attachments else [],
        revision=draft.revision,
        device=draft.device,
        earlier=draft.earlier,
        at=draft.updated_at,
    )


def drafts_context(agent: Agent, conversation: Conversation) -> dict[str, Any]:
    """Return `drafts`, the agent's drafts in this conversation, the last written first, and `draft_facts` of them."""
    found = [kept(agent, draft) for draft in drafts_in(agent, conversation).values()]
    found.sort(key=lambda draft: draft.at, reverse=True)
    return {"drafts": found, "draft_facts": [draft.facts() for draft in found]}


def restored(composer: Composer, drafts: list[KeptDraft]) -> Composer:
    """Put the last written draft into an empty composer; the other one waits behind the switch."""
    usable = [draft for draft in drafts if draft.kind == NOTE or composer.routes]
    if not usable or composer.text:
        return composer
    draft = usable[0]
    if draft.kind == NOTE:
        channel = NOTE
    else:
        wanted = str(draft.fields.get("channel", ""))
        channel = wanted if wanted in composer.channels else composer.channels[0]
    return replace(composer, channel=channel, text=draft.text, files=draft.files)
