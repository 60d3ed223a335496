"""Texts that came back from translators, as the review queue knows them."""

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.actions.orders import check_text, reject_text
from dragoman.core.language.glossary import kept_words
from dragoman.core.language.ports import Opened, Said, Waiting
from dragoman.core.language.review import bench_of
from dragoman.core.language.scope import Scope
from dragoman.kit.errors import NotFound

from .models import OrderText, TranslationOrder

MOST = 500


class OrderReviews:
    """The port `review_kinds` for ordered texts of one kind: macros, later articles."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def _rows(self, workspace_id: int):  # type: ignore[no-untyped-def]
        found = OrderText.objects.filter(workspace_id=workspace_id, kind=self.kind, state="returned")
        closed = [TranslationOrder.State.DONE, TranslationOrder.State.CANCELLED]
        return found.exclude(order__state__in=closed)

    def waiting(self, workspace_id: int, agent: Agent | None) -> Sequence[Waiting]:
        """Return the texts that came back and this agent may check, the oldest first."""
        bench = bench_of(workspace_id)
        rows = self._rows(workspace_id).select_related("order").order_by(F("returned_at"), "pk")[:MOST]
        return [
            Waiting(
                kind=self.kind,
                pk=row.pk,
                source=row.order.source,
                target=row.target,
                title=row.title,
                reason={"code": "order", "title": row.order.title},
                at=row.returned_at,
            )
            for row in rows
            if agent is None or bench.may_decide(agent, row.order.source, row.target, author_id=None)
        ]

    def count(self, agent: Agent) -> int:
        """Count them."""
        pairs = list(self._rows(agent.workspace_id).values_list("order__source", "target")[:MOST])
        bench = bench_of(agent.workspace_id) if pairs else None
        return sum(bench.may_decide(agent, *pair, author_id=None) for pair in pairs) if bench else 0

    def opened(self, workspace_id: int, agent: Agent | None, pk: int) -> Opened:
        """Return one text; raises NotFound."""
        found = OrderText.objects.filter(workspace_id=workspace_id, kind=self.kind, pk=pk)
        row = found.select_related("order", "reviewer").first()
        if row is None or not (row.said or row.checked):
            raise NotFound
        order = row.order
        may = agent is None or bench_of(workspace_id).may_decide(
            agent, order.source, row.target, author_id=None
        )
        return Opened(
            kind=self.kind,
            pk=row.pk,
            title=row.title,
            source=order.source,
            target=row.target,
            text=row.text,
            said=row.said,
            state=row.state,
            reason={"code": "order", "title": order.title},
            at=row.returned_at or order.created_at,
            machine=row.said,
            kept=row.checked,
            made="person",
            author=order.vendor.splitlines()[0][:80] if order.vendor else "",
            reviewer=row.reviewer.name if row.reviewer else "",
            decided_at=row.decided_at,
            comment=row.reason,
            place=f"/review/orders/{order.pk}",
            why_not="" if may else _("Only reviewers of this pair of languages and leads decide this."),
            scope=Scope(workspace_id=workspace_id, terms=kept_words(workspace_id, None), purpose="macro"),
        )

    def accept(self, workspace_id: int, agent: Agent | None, pk: int, said: Said) -> None:
        """Let it be what is said in its language."""
        check_text(workspace_id, agent=agent, pk=pk, text=said.text, author=said.author)

    def reject(self, workspace_id: int, agent: Agent | None, pk: int, said: Said) -> None:
        """Send it back to the translators."""
        reject_text(workspace_id, agent=agent, pk=pk, reason=said.comment)
