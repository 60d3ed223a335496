"""How a brand speaks beyond its markets' manners."""

from django.db import models

from dragoman.core.accounts.models import Brand, InWorkspace


class BrandVoice(InWorkspace):
    """A brand's own manner; without a row its markets' manners count.

    `longest` is in words (0: the usual length of a sentence); `silenced` are codes of findings that it does not want.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    may_emoji = models.BooleanField(default=False, db_default=False)
    longest = models.PositiveSmallIntegerField(default=0, db_default=0)
    silenced = models.JSONField(default=list, db_default=models.Value([], models.JSONField()), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "brand", name="brand_voice_once")]
