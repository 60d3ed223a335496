"""Marking the words that were looked for in the passage they were found in."""

from markupsafe import Markup, escape

from dragoman.core.conversations.passage import places


def marked(passage: str, query: str, language: str = "") -> Markup:
    """Return the passage with each found word in `<mark>`, everything else escaped."""
    parts, at = [], 0
    for start, end in places(passage, query, language):
        parts += [escape(passage[at:start]), Markup("<mark>{}</mark>").format(passage[start:end])]
        at = end
    return Markup("").join([*parts, escape(passage[at:])])
