"""The flows that a new workspace has: data beside this file, until a workspace writes its own under the same key."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .flow_shapes import Body

_FOLDER: Final = Path(__file__).with_name("flows")
# in the order in which they are offered and asked whether a message is theirs
NAMES: Final[dict[str, str | Promise]] = {
    "order_status": _("Where an order is"),
    "start_return": _("Start a return"),
    "refund_status": _("Where a refund is"),
    "cancel_order": _("Cancel an order"),
    "change_address": _("Change a delivery address"),
    "customs": _("Customs and import costs"),
    "opening_hours": _("Service hours"),
    "thanks": _("Thanks"),
    "other_matters": _("What people settle"),
}


@lru_cache(maxsize=1)
def default_bodies() -> dict[str, Body]:
    """Return the flows we wrote, by their keys."""
    return {
        key: Body.model_validate(tomllib.loads((_FOLDER / f"{key}.toml").read_text("utf-8"))) for key in NAMES
    }
