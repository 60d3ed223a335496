"""What the portal does later: mails of the chat to its shopper, of the return portal to its customer, of the community
to its members."""

from dragoman.core.accounts.queries import brands_of
from dragoman.core.knowledge.events import WebinarChanged, WebinarSignedUp
from dragoman.core.knowledge.learning import find_webinar, is_told
from dragoman.core.knowledge.models import SignUp, Webinar
from dragoman.front.portal.chat.post import can_mail
from dragoman.front.portal.chat.proof import mail_proof
from dragoman.front.portal.chat.transcript import Copy, mail_confirmation, mail_copy
from dragoman.front.portal.community import telling
from dragoman.front.portal.help.seat_mail import leave_untold, mail_seat, tell_comers
from dragoman.front.portal.returns.receipts import mail_code, mail_receipt, mail_return
from dragoman.ground.events.registry import on, task
from dragoman.kit.workspace import get_current_id as current_workspace
from dragoman.service.bot.actions import proof
from dragoman.service.bot.events import ProofCodeAsked
from dragoman.service.community.events import (
    AppealDecided,
    DigestDue,
    JoinCodeAsked,
    PostDecided,
    PostPublished,
    PostReported,
)
from dragoman.service.returns.actions.entry import new_code
from dragoman.service.returns.actions.withdrawals import note_receipt
from dragoman.service.returns.events import EntryCodeAsked, ReturnMoved, ReturnRequested, WithdrawalDeclared
from dragoman.service.returns.finding import returns_of
from dragoman.service.returns.models import Return, Withdrawal

from . import offers  # noqa: F401  # found with its tasks


@task
def confirm_copy(workspace_id: int, brand_id: int, facts: dict[str, str], base: str) -> None:
    """Ask the owner of an address whether the copy may come."""
    brand = brands_of(workspace_id).filter(pk=brand_id).first()
    if brand is not None:
        mail_confirmation(brand, Copy(**facts), base=base)


@task
def send_copy(workspace_id: int, brand_id: int, facts: dict[str, str]) -> None:
    """Send the copy."""
    brand = brands_of(workspace_id).filter(pk=brand_id).first()
    if brand is not None:
        mail_copy(brand, Copy(**facts))


@on(WebinarSignedUp, outside=True)
def send_seat(event: WebinarSignedUp) -> None:
    """Mail the date and the link to who signed up; of a seat that was given back or a webinar that was called off
    meanwhile nothing."""
    kept = SignUp.objects.select_related("webinar", "webinar__brand").filter(
        workspace_id=current_workspace(),
        pk=event.sign_up_id,
        cancelled_at=None,
        webinar__state=Webinar.State.OPEN,
    )
    found = kept.first()
    if found is not None and can_mail(found.webinar.brand):
        mail_seat(found)


@on(WebinarChanged, outside=True)
def tell_of_move(event: WebinarChanged) -> None:
    """Tell who signed up that a webinar moved or is called off; of one that is over, or a draft again, nothing."""
    found = find_webinar(current_workspace(), event.webinar_id) if event.moved else None
    if found is None or not is_told(found):
        return
    if can_mail(found.brand):
        tell_comers(found)
    else:
        leave_untold(found)


@on(EntryCodeAsked, outside=True)
def send_entry_code(event: EntryCodeAsked) -> None:
    """Make a code and send it to the order's own address; nothing happens where there is no order."""
    made = new_code(current_workspace(), event.code_id)
    # a code that cannot go out is not made known to the log either
    if made is not None and can_mail(made[0].brand):
        mail_code(*made)


@on(ProofCodeAsked, outside=True)
def send_proof_code(event: ProofCodeAsked) -> None:
    """Make a code for the bot's conversation and send it to the order's own address; else nothing happens."""
    made = proof.new_code(current_workspace(), event.code_id)
    if made is not None and can_mail(made[0].conversation.brand):
        mail_proof(*made)


@on(WithdrawalDeclared, outside=True)
def send_receipt(event: WithdrawalDeclared) -> None:
    """Send the receipt of a declaration; tried again until a server took it."""
    here = Withdrawal.objects.filter(workspace_id=current_workspace(), pk=event.withdrawal_id)
    made = here.select_related("brand", "order", "made").filter(receipt_sent_at=None).first()
    if made is None or not made.email or not can_mail(made.brand):
        return
    mail_receipt(made)
    note_receipt(made.workspace_id, made.pk)


@on(ReturnRequested, outside=True)
def tell_of_return(event: ReturnRequested) -> None:
    """Confirm a return to the customer who asked for it in the portal."""
    made = _asked_in_portal(event.return_id)
    # who withdrew has the receipt, which names the return
    if made is not None and not made.request_key.startswith("withdrawal-"):
        mail_return(made, first=True, state=made.state)


@on(ReturnMoved, outside=True)
def tell_of_step(event: ReturnMoved) -> None:
    """Tell the customer that their return took a step."""
    made = _asked_in_portal(event.return_id)
    # what was overtaken is not told any more
    if made is not None and made.state == event.state:
        mail_return(made, first=False, state=event.state)


def _asked_in_portal(return_id: int) -> Return | None:
    """Return what a customer asked for here and can be told of by mail."""
    found = returns_of(current_workspace()).filter(pk=return_id).exclude(request_key="").first()
    return found if found and found.told_to and can_mail(found.brand) else None


@on(JoinCodeAsked, outside=True)
def send_join_code(event: JoinCodeAsked) -> None:
    """Send a code by which somebody signs in to a community."""
    telling.send_code(current_workspace(), event.code_id)


@on(PostPublished, outside=True)
def tell_of_answer(event: PostPublished) -> None:
    """Tell who asked that there is an answer."""
    if event.is_first:
        telling.tell_asker(current_workspace(), event.post_id)


@on(DigestDue, outside=True)
def send_digest(event: DigestDue) -> None:
    """Send a member's digest of the day."""
    telling.send_digest(current_workspace(), event.member_id)


@on(PostDecided, outside=True)
def tell_of_decision(event: PostDecided) -> None:
    """Tell whom a decision concerns why it was made."""
    telling.tell_of_decision(current_workspace(), event.decision_id)


@on(PostReported, outside=True)
def confirm_report(event: PostReported) -> None:
    """Confirm a report."""
    telling.confirm_report(current_workspace(), event.report_id)


@on(AppealDecided, outside=True)
def tell_of_appeal(event: AppealDecided) -> None:
    """Tell who complained what another person decided."""
    telling.tell_of_appeal(current_workspace(), event.appeal_id)
