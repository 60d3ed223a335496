"""Where a community is read: its addresses, made in one place."""


def community_path(brand: str, language: str, rest: str = "") -> str:
    """Return the path of a page of a brand's community in a language."""
    return f"/community/{brand}/{language}/{rest}"


def thread_path(brand: str, language: str, thread_id: int, post_id: int = 0) -> str:
    """Return the path of a question, or of one answer in it."""
    return community_path(brand, language, f"q/{thread_id}/") + (f"#p{post_id}" if post_id else "")
