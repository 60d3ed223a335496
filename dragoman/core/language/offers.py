"""What languages answer when somebody asks: what a notice is about, and what came back from translators."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from dragoman.core.notifications.ports import Matter, matters

from .order_reviews import OrderReviews
from .ports import review_kinds


class EngineMatters:
    """Answers for the topic of the translation engines: their page in the settings."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return the page."""
        return {topic: Matter(_("Translation"), 0, "/settings/translation") for topic in topics}

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Nothing was said."""
        return {}


matters.register("engines")(EngineMatters())
review_kinds.register("macro")(OrderReviews("macro"))
review_kinds.register("text")(OrderReviews("text"))
