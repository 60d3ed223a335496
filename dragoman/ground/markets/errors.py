"""What is refused about a market."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoMarket(NotFound):
    """There is no playbook for this country."""

    code = "no_such_market"
    message = _("There is no playbook for this country. Settings, Markets lists those there are.")


class NoRegion(Refusal):
    """The country has no such region."""

    code = "no_such_region"
    status = 422
    message = _("The country has no such region. Choose one of its list.")


class NoTimeZone(Refusal):
    """This is no time zone, or one that was retired."""

    code = "no_such_time_zone"
    status = 422

    def __init__(self, name: str, today: str = "") -> None:
        if today:
            said = _("The time zone %(name)s was retired. It is %(today)s now.") % {
                "name": name,
                "today": today,
            }
        else:
            said = _("There is no time zone %(name)s. Write it as Europe/Helsinki.") % {"name": name}
        super().__init__(said, details={"today": today} if today else None)


class ZoneElsewhere(NoTimeZone):
    """The time zone is one of another country."""

    def __init__(self, name: str, there: tuple[str, ...]) -> None:
        said = _("%(name)s is no time zone of this country. It has %(zones)s.") % {
            "name": name,
            "zones": ", ".join(there),
        }
        Refusal.__init__(self, said, details={"zones": list(there)})


class WrongFact(Refusal):
    """A value is not what this kind of fact takes."""

    code = "wrong_fact"
    status = 422

    def __init__(self, kind: str, place: str, expected: str) -> None:
        where = f"{kind}.{place}" if place else kind
        said = _("%(where)s cannot be that: %(expected)s") % {"where": where, "expected": expected}
        self.place, self.expected = place, expected
        super().__init__(said, details={"fact": kind, "place": place})
