"""What a browser calls itself, said for people."""

# in this order: most browsers also carry the names of the ones they want to be taken for
_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def program_of(user_agent: str) -> str:
    """Name browser and system, such as "Firefox · Windows"; unknown ones are quoted as they are."""
    named = [
        next((said for mark, said in table if mark in user_agent), "") for table in (_PROGRAMS, _SYSTEMS)
    ]
    return " · ".join(part for part in named if part) or user_agent[:60] or "?"
