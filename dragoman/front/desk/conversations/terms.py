"""The glossary's words in the messages of a thread: marked where they stand, in whatever form."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.glossary import Entry, glossary_of, terms_in
from dragoman.core.language.scope import Scope
from dragoman.ground.design.functions import keep_numbers, language_name
from dragoman.kit.memo import Memo

from ..frame import reading_languages

_MOST_NOTE = 200  # characters of a note that stand in a title
_marked: Memo[tuple[object, ...], Markup] = Memo(seconds=3600, size=4000)
_TERM = Markup('<span class="known" title="{}">{}</span>')


class KnownWords:
    """The words of a workspace as they are marked in one conversation, for one reader."""

    def __init__(self, agent: Agent, conversation: Conversation) -> None:
        """Take the words that count for the conversation's brand and market, which cost no query of their own."""
        self._scope = Scope(conversation.workspace_id, conversation.brand_id, market=conversation.market)
        self._readers = reading_languages(agent)[:1]
        self._theirs = conversation.language
        glossary = glossary_of(conversation.workspace_id)
        # what is drawn with other words is drawn anew
        self.stamp = (
            glossary.stamp,
            conversation.brand_id,
            conversation.market,
            self._theirs,
            *self._readers,
        )
        self._is_empty = not glossary.entries

    def marked(self, text: str, language: str) -> Markup:
        """Return a text with its terms marked; the title of one says it in the reader's language, and its note."""
        if self._is_empty or not language:
            return keep_numbers(text)
        # other readers and later days ask for the same text
        key = (
            *self.stamp,
            self._scope.workspace_id,
            translation.get_language(),
            language,
            text,
        )
        return _marked.get(key, lambda: self._mark(text, language)) or Markup("")

    def _mark(self, text: str, language: str) -> Markup:
        parts: list[Markup] = []
        at = 0
        for one in terms_in(text, language=language, scope=self._scope):
            written = text[one.start : one.end]
            title = self._title(one.entry, written)
            if title:
                parts += [keep_numbers(text[at : one.start]), _TERM.format(title, written)]
                at = one.end
        return Markup("").join([*parts, keep_numbers(text[at:])])

    def _title(self, entry: Entry, written: str) -> str:
        if entry.keep:
            said = [_("Never translated")]
        else:
            # a reader of their own language sees what the customer's calls it
            said = self._said(entry, self._readers, written) or self._said(entry, [self._theirs], written)
        return " · ".join([*said, *filter(None, [entry.note[:_MOST_NOTE]])])

    def _said(self, entry: Entry, languages: Sequence[str], written: str) -> list[str]:
        for tag in filter(None, languages):
            words = [word.rstrip("*") for word in entry.said(tag, self._scope.market)]
            if words and not any(word.casefold() == written.casefold() for word in words):
                return [f"{language_name(tag)}: {words[0]}"]
        return []
