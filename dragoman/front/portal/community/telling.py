"""Whom a mail goes to when something happens in a community."""

from dragoman.front.portal.chat.post import can_mail
from dragoman.service.community.actions.joining import new_join_code
from dragoman.service.community.models import Appeal, Report
from dragoman.service.community.moderation import get_decision
from dragoman.service.community.queries import get_member, get_post

from .mails import (
    mail_answer,
    mail_appeal,
    mail_decision,
    mail_digest,
    mail_join_code,
    mail_reporter,
)


def send_code(workspace_id: int, code_id: int) -> None:
    """Make a code and send it; raises OutsideError."""
    made = new_join_code(workspace_id, code_id)
    # a code that cannot go out is not made known to the log either
    if made is not None and can_mail(made[0].brand):
        mail_join_code(*made)


def tell_asker(workspace_id: int, post_id: int) -> None:
    """Tell who asked of a new answer, if they want to hear of it at once; raises OutsideError."""
    post = get_post(workspace_id, post_id)
    asker = get_member(workspace_id, post.thread.member_id)
    wanted = not post.is_question and post.is_live and post.member_id != asker.pk
    if wanted and asker.wants_answers and asker.email and can_mail(post.thread.brand):
        mail_answer(post, asker)


def send_digest(workspace_id: int, member_id: int) -> None:
    """Send a member the digest that was started; raises OutsideError."""
    member = get_member(workspace_id, member_id)
    if member.digest_from and member.email and can_mail(member.brand):
        mail_digest(member, member.brand, member.digest_from, member.digest_at)


def tell_of_decision(workspace_id: int, decision_id: int) -> None:
    """Tell whom a decision is about, and who reported it; raises OutsideError."""
    decision = get_decision(workspace_id, decision_id)
    if not can_mail(decision.brand):
        return
    if decision.kind != decision.Kind.KEEP:
        mail_decision(decision)
    for report in decision.reports.exclude(email="").select_related("post__thread__brand"):
        mail_reporter(report, decision)


def confirm_report(workspace_id: int, report_id: int) -> None:
    """Confirm to who reported something that it came; raises OutsideError."""
    rows = Report.objects.filter(workspace_id=workspace_id, pk=report_id).exclude(email="")
    report = rows.select_related("post__thread__brand").first()
    if report is not None and can_mail(report.post.thread.brand):
        mail_reporter(report, None)


def tell_of_appeal(workspace_id: int, appeal_id: int) -> None:
    """Tell who complained what came of it; raises OutsideError."""
    rows = Appeal.objects.filter(workspace_id=workspace_id, pk=appeal_id).exclude(email="")
    appeal = rows.select_related("decision__brand").first()
    if appeal is not None and can_mail(appeal.decision.brand):
        mail_appeal(appeal)
