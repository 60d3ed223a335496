"""What approvals ask upwards: whoever waits for a decision acts on it, in the same transaction."""

from typing import Protocol

from dragoman.kit.registry import Registry

from ..authority_models import Approval


class Subject(Protocol):
    """Answers for the subjects of one noun, such as `order_action`: what is done once it is decided."""

    def approved(self, approval: Approval) -> None:
        """Let it be done."""
        ...

    def ended(self, approval: Approval) -> None:
        """Let it be: it was declined, its time is over, or it was withdrawn."""
        ...

    def reopened(self, approval: Approval) -> None:
        """Let it wait again; raises UndoTooLate where it has begun."""
        ...


subjects: Registry[Subject] = Registry("subject of approvals")


def subject_of(approval: Approval) -> Subject:
    """Return who answers for what an approval is about."""
    return subjects[approval.subject.partition(":")[0]]
