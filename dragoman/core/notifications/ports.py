"""What notifications ask upwards: what a topic is called, and what was said. Knows agents, not conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.kit.registry import Registry


@dataclass(frozen=True)
class Matter:
    """What a notification is about: a title for people, the number they say, and its address in the console."""

    title: str
    number: int
    path: str


class Matters(Protocol):
    """Answers for the topics of one noun, such as `conversation`."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return what these topics are, those that exist."""
        ...

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return what was said at these anchors, shortened."""
        ...


matters: Registry[Matters] = Registry("matter")


def about(workspace_id: int, topics: Sequence[str]) -> dict[str, Matter]:
    """Return what topics are, whoever answers for them."""
    found: dict[str, Matter] = {}
    for noun, answer in matters.items():
        wanted = [topic for topic in topics if topic.partition(":")[0] == noun]
        if wanted:
            found.update(answer.about(workspace_id, wanted))
    return found


def words(workspace_id: int, noun: str, anchors: Sequence[str]) -> Mapping[str, str]:
    """Return what was said at these anchors of topics of one noun."""
    return matters[noun].words(workspace_id, anchors) if noun in matters and anchors else {}
