"""What articles offer to lower floors: snippets, which are texts said once and reused in many articles; and
their texts to translators."""

from django.utils.translation import gettext_lazy as _

from dragoman.core.language.ports import translatables
from dragoman.core.notifications.ports import matters
from dragoman.core.texts.ports import TextKind, text_kinds

from .law import LawChecker
from .notices import NOUN, ArticleMatters
from .ports import checkers
from .reading import SNIPPET
from .translated import ArticleTexts

text_kinds.register(SNIPPET)(TextKind(label=_("Snippet of articles"), longest=5000, is_named=True))
translatables.register("article")(ArticleTexts())
checkers.register("law")(LawChecker())
matters.register(NOUN)(ArticleMatters())
