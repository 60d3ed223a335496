"""Forgetting a customer in what agents searched for and saved."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from ..models import RecentSearch, SavedView


class SearchEraser:
    """Takes away searches and views that look for one person's address: they would find nobody."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return nothing: what is told to whoever deletes is what customers wrote."""
        return {}

    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Delete what names one of the addresses."""
        named = Q()
        for address in addresses:
            named |= Q(q__icontains=address)
        if addresses:
            RecentSearch.objects.filter(named, workspace_id=workspace_id).delete()
            SavedView.objects.filter(named, workspace_id=workspace_id).delete()

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Leave the rest: nothing here is found by a customer's number."""
        return False
