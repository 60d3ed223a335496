"""What of personal data a workspace masks where it comes in: its own choice, which a brand may set aside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from dragoman.kit.memo import Memo

from .models import MASKED, Brand, Workspace

MASKABLE: Final = (*MASKED, "email", "phone")


@dataclass(frozen=True)
class Masking:
    """The types that are masked, of all brands and of those that decided for themselves."""

    types: frozenset[str]
    by_brand: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def of(self, brand_id: int) -> frozenset[str]:
        """Return what is masked of what comes in for a brand."""
        return self.by_brand.get(brand_id, self.types)


maskings: Memo[int, Masking] = Memo(seconds=5)


def masking_of(workspace_id: int) -> Masking:
    """Return what a workspace masks, at most 5 s old; all that is masked by default where it is not known."""

    def load() -> Masking:
        found = Workspace.objects.filter(pk=workspace_id).values_list("masks", flat=True).first()
        brands = Brand.objects.filter(workspace_id=workspace_id).exclude(masks=None)
        return Masking(
            _known(MASKED if found is None else found),
            {pk: _known(masks) for pk, masks in brands.values_list("pk", "masks")},
        )

    return maskings.get(workspace_id, load) or Masking(frozenset(MASKED))


def _known(types: Collection[str] | None) -> frozenset[str]:
    return frozenset(types or ()).intersection(MASKABLE)
