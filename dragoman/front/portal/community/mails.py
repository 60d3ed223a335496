"""What members are mailed, in their language: the code, an answer, the digest, what was decided and why."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Brand
from dragoman.front.portal.chat.post import mail_shopper
from dragoman.front.portal.languages import portal_language
from dragoman.ground.design.functions import format_date
from dragoman.kit.text import shortened
from dragoman.service.community.actions.digests import news_for
from dragoman.service.community.models import Appeal, Decision, JoinCode, Member, Post, Report

from .door import link_to, sign_link
from .shown import author_of
from .words import GROUNDS

_EXCERPT = 300


def mail_join_code(row: JoinCode, code: str) -> None:
    """Send a code; raises OutsideError."""
    with translation.override(portal_language(row.language)):
        facts = {"brand": row.brand.name, "code": code}
        lines = [
            _("Your code for the community of %(brand)s: %(code)s") % facts,
            _("It holds for 15 minutes. Type it on the page that asked for it."),
            _("If you did not ask for it, do nothing. Give the code to nobody."),
        ]
        mail_shopper(
            row.brand,
            message_id=f"community.code.{row.pk}.{timezone.now():%H%M%S%f}",
            to=row.email,
            subject=_("Your code for the community of %(brand)s: %(code)s") % facts,
            text="\n\n".join(lines),
            language=row.language,
        )


def mail_answer(post: Post, to: Member) -> None:
    """Tell who asked that somebody answered; raises OutsideError."""
    brand = post.thread.brand
    with translation.override(portal_language(to.language)):
        lines = [
            _("%(name)s answered your question:") % {"name": _name(post)},
            post.thread.title,
            shortened(post.body, _EXCERPT),
            link_to(brand, portal_language(to.language), f"q/{post.thread_id}/#p{post.pk}"),
            _("You can switch these mails off in your profile:"),
            link_to(brand, portal_language(to.language), "me"),
        ]
        _send(
            brand,
            to,
            f"community.answer.{post.pk}",
            _("An answer: %(title)s") % {"title": post.thread.title},
            lines,
        )


def mail_digest(member: Member, brand: Brand, since: datetime, until: datetime) -> bool:
    """Send a member what is new in the threads they follow; returns whether there was anything. Raises OutsideError."""
    posts = news_for(member, since, until)
    if not posts:
        return False
    language = portal_language(member.language)
    with translation.override(language):
        day = format_date(until, member.time_zone, form="long")
        lines = [_("New in what you follow:")]
        for post in posts:
            where = link_to(brand, language, f"q/{post.thread_id}/#p{post.pk}")
            lines.append(f"{post.thread.title}\n{_name(post)}: {shortened(post.body, _EXCERPT)}\n{where}")
        away = link_to(brand, language, f"stop/{sign_link(brand, 'stop', member.pk)}")
        lines += [_("To get these mails no more:"), away]
        subject = _("%(brand)s community, %(day)s") % {"brand": brand.name, "day": day}
        _send(brand, member, f"community.digest.{member.pk}.{until:%Y%m%d}", subject, lines, unsubscribe=away)
    return True


def mail_decision(decision: Decision) -> None:
    """Send the statement of reasons to whom a decision concerns (Article 17); raises OutsideError."""
    member = decision.member
    if member is None or not member.email:
        return
    language = portal_language(member.language)
    with translation.override(language):
        lines = [_decided(decision, member)]
        if decision.post is not None:
            lines.append(f"{decision.post.thread.title}\n\n{shortened(decision.post.body, _EXCERPT)}")
        lines += _reasons(decision)
        if decision.limits:
            token = sign_link(decision.brand, Appeal.By.WRITER, decision.pk)
            lines += [
                _("You can complain of this for six months. Somebody else will look at it:"),
                link_to(decision.brand, language, f"decision/{token}"),
                _("You may also turn to a certified body for settling disputes out of court, or to a court."),
            ]
        subject = _("About your post in the community of %(brand)s") % {"brand": decision.brand.name}
        _send(decision.brand, member, f"community.decision.{decision.pk}", subject, lines)


def mail_reporter(report: Report, decision: Decision | None) -> None:
    """Confirm a report (Article 16 (4)), or tell what became of it (Article 16 (5)); raises OutsideError."""
    brand = report.post.thread.brand
    language = portal_language(report.language)
    with translation.override(language):
        facts = {"code": report.code, "title": report.post.thread.title}
        if decision is None:
            lines = [
                _("We have received your report %(code)s on “%(title)s”.") % facts,
                _("A person looks at it and decides. We write to you again."),
            ]
        else:
            is_gone = decision.kind == Decision.Kind.REMOVE
            lines = [
                _("We looked at what you reported (%(code)s), and removed it.") % facts
                if is_gone
                else _("We looked at what you reported (%(code)s), and left it as it is.") % facts,
                *_reasons(decision),
            ]
            if not is_gone:
                token = sign_link(brand, Appeal.By.REPORTER, decision.pk)
                lines += [
                    _("You can complain of this for six months. Somebody else will look at it:"),
                    link_to(brand, language, f"decision/{token}"),
                ]
        mail_shopper(
            brand,
            message_id=f"community.report.{report.pk}.{decision.pk if decision else 0}",
            to=report.email,
            subject=_("Your report %(code)s") % facts,
            text="\n\n".join(lines),
            language=language,
        )


def mail_appeal(appeal: Appeal) -> None:
    """Tell who complained what another person decided (Article 20 (5)); raises OutsideError."""
    brand = appeal.decision.brand
    language = portal_language(appeal.language)
    with translation.override(language):
        reversed_ = appeal.outcome == Appeal.Outcome.REVERSED
        lines = [
            _("Another person looked at your complaint. The decision was taken back.")
            if reversed_
            else _("Another person looked at your complaint. The decision stands."),
            appeal.reply,
            _("You may also turn to a certified body for settling disputes out of court, or to a court."),
        ]
        mail_shopper(
            brand,
            message_id=f"community.appeal.{appeal.pk}",
            to=appeal.email,
            subject=_("Your complaint at the community of %(brand)s") % {"brand": brand.name},
            text="\n\n".join(lines),
            language=language,
        )


def _decided(decision: Decision, member: Member) -> str:
    if decision.kind == Decision.Kind.BAN and decision.until:
        day = format_date(decision.until, member.time_zone, form="long")
        return _("You cannot write in this community until %(day)s.") % {"day": day}
    said = {
        Decision.Kind.APPROVE: _("Everybody can read your post now:"),
        Decision.Kind.RESTORE: _("Your post is public again:"),
        Decision.Kind.REMOVE: _("Your post was removed:"),
        Decision.Kind.LIFT: _("You can write in this community again."),
    }
    return said.get(Decision.Kind(decision.kind), "")


def _reasons(decision: Decision) -> list[str]:
    if not decision.reason:
        return []
    found = {
        Decision.FoundBy.OWN: _("A person of our team saw it and decided."),
        Decision.FoundBy.REPORT: _("Somebody reported it. A person decided."),
        Decision.FoundBy.FILTER: _("A filter held it back, and a person decided."),
    }
    lines = [decision.reason]
    if decision.ground:
        ground = str(GROUNDS[decision.ground])
        lines.append(_("Reason: %(ground)s (%(rule)s)") % {"ground": ground, "rule": decision.rule})
    return [*lines, found[Decision.FoundBy(decision.found_by)]]


def _name(post: Post) -> str:
    if post.is_staff:
        return post.agent.name if post.agent else post.thread.brand.name
    return author_of(post)


def _send(  # one place where members are written to
    brand: Brand, to: Member, message_id: str, subject: str, lines: list[str], *, unsubscribe: str = ""
) -> None:
    mail_shopper(
        brand,
        message_id=message_id,
        to=to.email,
        subject=subject[:200],
        text="\n\n".join(one for one in lines if one),
        language=to.language,
        unsubscribe=unsubscribe,
    )
