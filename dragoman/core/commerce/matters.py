"""What orders answer when notifications ask what a topic is."""

from collections.abc import Mapping, Sequence

from dragoman.core.notifications.ports import Matter

from .models import Dispute, Order


class OrderMatters:
    """Answers for topics such as `order:42`; nothing is said at places of them."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return number and address of each order there is."""
        ids = [int(number) for topic in topics if (number := topic.partition(":")[2]).isdigit()]
        found = Order.objects.filter(workspace_id=workspace_id, pk__in=ids).values_list("pk", "number")
        return {f"order:{pk}": Matter(number, pk, f"/orders/{pk}") for pk, number in found}

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: an order has no places."""
        return {}


class DisputeMatters:
    """Answers for topics such as `dispute:42`."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return the order's number, else the vendor's own, and the address of each dispute there is."""
        ids = [int(number) for topic in topics if (number := topic.partition(":")[2]).isdigit()]
        rows = Dispute.objects.filter(workspace_id=workspace_id, pk__in=ids).select_related("order")
        return {
            f"dispute:{one.pk}": Matter(
                one.order.number if one.order else one.external_id, one.pk, f"/disputes/{one.pk}"
            )
            for one in rows
        }

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: a dispute has no places."""
        return {}
