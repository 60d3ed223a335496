"""Making of a workspace's lessons what is added to the models, and using it only where it is proved to help."""

from django.utils import timezone

from dragoman.core.language.layer import FEWEST, Taught, columns_of, learned, packed, proved
from dragoman.core.language.understand import OUTSIDE, chances_of

from ..learned import CONFIRMED_FOR_EACH, confirmed, lessons_of
from ..models import Learned


def relearn(workspace_id: int, question: str) -> Learned | None:
    """Learn a question anew and measure it on what was held out; None where there is too little to learn from."""
    lessons = [
        _taught(text, language, question, meant)
        for text, language, meant in lessons_of(workspace_id, question)
    ]
    if len(lessons) < FEWEST:
        Learned.objects.filter(workspace_id=workspace_id, question=question).delete()
        return None
    right = [
        _taught(text, language, question, "")
        for text, language in confirmed(workspace_id, question, most=CONFIRMED_FOR_EACH * len(lessons))
        if text.strip()
    ]
    labels = sorted(lessons[0].chances)
    proof = proved([*lessons, *right], labels)
    made, _new = Learned.objects.update_or_create(
        workspace_id=workspace_id,
        question=question,
        defaults={
            "labels": labels,
            "weights": packed(learned([*lessons, *right], labels)) if proof.helps else b"",
            "lessons": len(lessons),
            "right_before": proof.before / proof.messages,
            "right_after": proof.after / proof.messages,
            "active": proof.helps,
            "at": timezone.now(),
        },
    )
    return made


def _taught(text: str, language: str, question: str, meant: str) -> Taught:
    """Return a lesson; without `meant` the model was right."""
    chances = chances_of(text, language)[question]
    # what is none of a shop's is `other` to people
    known = OUTSIDE if meant == "other" and OUTSIDE in chances else meant
    return Taught(columns_of(text, language), chances, known or max(chances, key=chances.__getitem__))
