"""What playbooks refuse."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NotYours(Refusal):
    """Leads decide what a brand does in a market."""

    code = "not_allowed"
    status = 403
    message = _("Leads decide what a brand does in a market: ask one.")


class NotChosen(NotFound):
    """The brand does not sell there."""

    code = "not_our_market"
    message = _("The brand has not chosen this market. Add it under Settings, Markets.")


class NoOverride(NotFound):
    """There is none to take back."""

    message = _("There is no policy and no correction of this.")


class NoNote(NotFound):
    """There is none, or it is somebody else's."""

    message = _("There is no such note.")


class SourceNeeded(Refusal):
    """A correction says where it stands."""

    code = "source_needed"
    status = 422
    message = _("Say where the correction stands: a law, an authority, a page.")


class BadLink(Refusal):
    """The address of a source is none of the web."""

    code = "bad_link"
    status = 422
    message = _("Write the source's address as https://example.org/page, or leave it empty.")


class OnlyCorrected(Refusal):
    """The law of a border is no policy of a shop."""

    code = "only_corrected"
    status = 422
    message = _("This is set by law and no shop can choose it. Correct it, with a source, if it is wrong.")


class LowersTheLaw(Refusal):
    """A correction gives customers less than what somebody read of the law; details name the article and the least."""

    code = "lowers_the_law"
    status = 422

    def __init__(self, *, least: str, law: str, url: str) -> None:
        said = _(
            "%(law)s was read for the playbook: %(least)s. To say that the law gives less, give the address of the"
            " law's text and confirm that you read it there."
        ) % {"law": law, "least": least}
        super().__init__(said, details={"law": law, "least": least, "source": url})


class BelowTheLaw(Refusal):
    """A policy gives less than the law of the country; details name the article, the source and the least."""

    code = "below_the_law"
    status = 422

    def __init__(self, *, least: str, law: str, url: str, verified: bool) -> None:
        if verified:
            said = _("%(law)s: %(least)s. A policy may give more, never less.") % {"law": law, "least": least}
        else:
            said = _(
                "%(law)s (named from general knowledge, not read): %(least)s. A policy may give more, never less;"
                " if the law says otherwise, correct the playbook first, with a source."
            ) % {"law": law, "least": least}
        super().__init__(said, details={"law": law, "least": least, "source": url, "verified": verified})
