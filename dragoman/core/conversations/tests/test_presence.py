"""Who is here is forgotten when it is not heard again, and a page is in one place at a time."""

from dragoman.core.conversations.presence import EXPIRES, MOST_PAGES, Presence


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def beat(page: str = "1.a", conversation: int = 4, doing: str = "viewing") -> dict[str, object]:
    return {"page": page, "conversation": conversation, "agent": 1, "name": "Greta", "doing": doing}


def test_a_page_without_a_beat_is_forgotten_after_thirty_seconds():
    clock = Clock()
    register = Presence(clock)
    register.hear(1, beat())
    clock.now += EXPIRES - 1
    assert len(register.in_workspace(1)) == 1
    clock.now += 2
    assert register.in_workspace(1) == []


def test_a_page_that_moves_on_leaves_where_it_was():
    register = Presence(Clock())
    register.hear(1, beat(conversation=4))
    register.hear(1, beat(conversation=5))
    assert [here.conversation_id for _page, here in register.in_workspace(1)] == [5]
    assert register.hear(1, beat(doing="gone"))
    assert register.in_workspace(1) == []


def test_the_same_word_again_at_once_is_not_passed_on_but_another_is():
    clock = Clock()
    register = Presence(clock)
    assert register.hear(1, beat())
    assert not register.hear(1, beat())
    assert register.hear(1, beat(doing="reply"))
    clock.now += 3
    assert register.hear(1, beat(doing="reply"))


def test_another_workspace_never_sees_them():
    register = Presence(Clock())
    register.hear(1, beat())
    assert register.in_workspace(2) == []


def test_a_flood_of_pages_does_not_fill_the_memory():
    register = Presence(Clock())
    for number in range(MOST_PAGES + 50):
        register.hear(1, beat(page=f"1.{number}"))
    assert len(register.in_workspace(1)) == MOST_PAGES
