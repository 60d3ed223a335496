"""The mail with the code by which a customer shows the bot that an order is theirs."""

from django.utils import timezone

from dragoman.front.portal.chat.post import mail_shopper
from dragoman.service.bot.models import ProofCode
from dragoman.service.bot.words import said, spoken


def mail_proof(row: ProofCode, code: str) -> None:
    """Send a code to the order's own address; raises OutsideError."""
    assert row.order is not None
    brand, language = row.conversation.brand, spoken(row.language)
    mail_shopper(
        brand,
        message_id=f"bot.code.{row.pk}.{timezone.now():%H%M%S%f}",
        to=row.order.email,
        subject=said("code_subject", language, brand=brand.name, code=code),
        text=said("code_mail", language, code=code),
        language=language,
    )
