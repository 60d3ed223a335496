"""The kinds of texts that this room knows itself; who sends others offers them."""

from django.utils.translation import gettext_lazy as _

from .localised import MACRO
from .ports import Standing, TextKind, text_kinds
from .signatures import KIND as SIGNATURE
from .signatures import SLOTS
from .slots import FILLABLE

text_kinds.register(SIGNATURE)(
    TextKind(
        label=_("Signature"),
        slots=SLOTS,
        standing=[Standing(SIGNATURE, _("Signature"), _("Stands below every mail, in the mail's language."))],
    )
)
text_kinds.register(MACRO)(
    TextKind(
        label=_("Macro"),
        slots=FILLABLE,
        longest=20_000,
        is_open=True,
        page=lambda key: f"/settings/macros/{key}",
    )
)
