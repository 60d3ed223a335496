"""Reports of mail servers: failed, late, delivered, read, complained about, in the words of each server."""

import pytest

from dragoman.ground.channels.email.tests.mails import facts, mail, multipart, read

OURS = "<out-9@havu.example>"
RETURNED = (
    f"Content-Type: text/rfc822-headers\n\nFrom: tuki@havu.example\nMessage-ID: {OURS}\nSubject: Order\n"
)


def report(fields: str, *, spoken: str = "This is the mail system.", returned: str = RETURNED) -> bytes:
    body, kind = multipart(
        "report; report-type=delivery-status",
        f"Content-Type: text/plain\n\n{spoken}\n",
        f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{fields}\n",
        returned,
    )
    return mail(
        body, "Return-Path: <>", From="MAILER-DAEMON@mx.example", Subject="Delivery Status", Content_Type=kind
    )


def test_a_late_mail_is_news_and_no_message_of_the_customers() -> None:
    delayed = "Final-Recipient: rfc822; aino@example.fi\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; timed out\n"
    found, [receipt] = facts(report(delayed, spoken="YOU DO NOT NEED TO RESEND YOUR MESSAGE"))
    assert (receipt.state, receipt.external_id) == ("deferred", "out-9@havu.example")
    assert (receipt.recipient, receipt.reason) == ("aino@example.fi", "aino@example.fi 4.4.1 timed out")
    assert found.automatic == "receipt"
    assert not found.bounced


def test_a_late_mail_says_until_when_it_is_tried() -> None:
    until = "Sun, 8 Jun 2025 10:00:00 +0300"
    fields = f"Final-Recipient: rfc822; aino@example.fi\nAction: delayed\nStatus: 4.4.1\nWill-Retry-Until: {until}\n"
    _found, [receipt] = facts(report(fields))
    assert receipt.reason == f"aino@example.fi 4.4.1 (tried until {until})"


def test_each_recipient_has_its_own_news() -> None:
    _found, receipts = facts(
        report(
            "Final-Recipient: rfc822;a@example.fi\nAction: delivered\nStatus: 2.0.0\n\n"
            "Final-Recipient: rfc822;b@example.fi\nAction: failed\nStatus: 5.1.1\n"
        )
    )
    assert [(each.recipient, each.state) for each in receipts] == [
        ("a@example.fi", "delivered"),
        ("b@example.fi", "failed"),
    ]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ("Final-Recipient: RFC822; <Aino@Example.FI>\nAction: Failed\nStatus: 5.1.1 (bad)\n", "failed"),
        ("Original-Recipient: rfc822;aino@example.fi\nStatus: 5.2.2\n", "failed"),
        ("Final-Recipient: rfc822;aino@example.fi\nStatus: 4.2.2\n", "deferred"),
        ("Final-Recipient: rfc822;aino@example.fi\nAction: relayed\n", "delivered"),
        ("Final-Recipient: aino@example.fi\nAction: failed;\n", "failed"),
    ],
)
def test_reports_that_keep_half_the_rules(fields: str, state: str) -> None:
    _found, [receipt] = facts(report(fields))
    assert (receipt.state, receipt.recipient) == (state, "aino@example.fi")


def test_a_report_with_nothing_in_it_is_a_bounce_to_be_seen() -> None:
    assert read(report("")).automatic == "bounce"


QMAIL = f"""Hi. This is the qmail-send program at example.fi.
I'm afraid I wasn't able to deliver your message to the following addresses.

<aino@example.fi>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <tuki@havu.example>
Message-ID: {OURS}
From: tuki@havu.example
To: other@example.fi
"""
EXIM_LATE = f"""This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue.

The message identifier is:     1kYaj2-0000
  Message-ID: {OURS}
The address to which the message has not yet been delivered is:

  aino@example.fi
    Delay reason: timed out
"""
EXCHANGE = f"""Your message did not reach some or all of the intended recipients.

      Subject:  Order
      Sent:     6.6.2025 10:00

The following recipient(s) could not be reached:

      aino@example.fi on 6.6.2025 10:01
            The e-mail account does not exist.
Message-ID: {OURS}
"""
GMAIL = f"""** Address not found **

Your message wasn't delivered to aino@example.fi because the address couldn't be found.

The response was:
550 5.1.1 The email account that you tried to reach does not exist.
Message-ID: {OURS}
"""


@pytest.mark.parametrize(
    ("spoken", "subject", "state"),
    [
        (QMAIL, "failure notice", "failed"),
        (EXIM_LATE, "Warning: message 1kYaj2-0000 delayed 24 hours", "deferred"),
        (EXCHANGE, "Undeliverable: Order", "failed"),
        (GMAIL, "Delivery Status Notification (Failure)", "failed"),
    ],
)
def test_servers_that_report_in_their_own_words(spoken: str, subject: str, state: str) -> None:
    found, [receipt] = facts(
        mail(
            spoken, "Return-Path: <>", From="Mail Delivery System <mailer-daemon@x.example>", Subject=subject
        )
    )
    assert (receipt.state, receipt.external_id) == (state, "out-9@havu.example")
    assert receipt.recipient == "aino@example.fi"
    assert found.automatic == ("receipt" if state == "deferred" else "bounce")


@pytest.mark.parametrize(
    "disposition",
    ["manual-action/MDN-sent-manually; displayed", "automatic-action/MDN-sent-automatically;displayed"],
)
def test_a_read_receipt_that_names_our_mail_only_in_its_headers(disposition: str) -> None:
    body, kind = multipart(
        "report; report-type=disposition-notification",
        "Content-Type: text/plain\n\nRead.\n",
        f"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;aino@example.fi\nDisposition: {disposition}\n",
    )
    found, [receipt] = facts(mail(body, Content_Type=kind, In_Reply_To=OURS, Subject="Luettu: Tilaus"))
    assert (receipt.state, receipt.external_id) == ("read", "out-9@havu.example")
    assert found.automatic == "receipt"


def test_a_mail_deleted_unread_arrived_and_was_not_read() -> None:
    body, kind = multipart(
        "report; report-type=disposition-notification",
        "Content-Type: text/plain\n\nDeleted.\n",
        f"Content-Type: message/disposition-notification\n\nOriginal-Message-ID: {OURS}\nDisposition: automatic-action/MDN-sent-automatically; deleted\n",
    )
    found, [receipt] = facts(mail(body, Content_Type=kind))
    assert (receipt.state, found.automatic) == ("delivered", "receipt")


def test_a_complaint_is_told_from_a_bounce() -> None:
    body, kind = multipart(
        "report; report-type=feedback-report",
        "Content-Type: text/plain\n\nThis is an email abuse report.\n",
        "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: aino@example.fi\n",
        f"Content-Type: message/rfc822\n\nFrom: tuki@havu.example\nMessage-ID: {OURS}\n\nHello\n",
    )
    found, [receipt] = facts(mail(body, From="staff@hotmail.example", Content_Type=kind))
    assert found.automatic == "complaint"
    assert (receipt.recipient, list(found.references)) == ("aino@example.fi", ["out-9@havu.example"])


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("Auto-Submitted: auto-replied", "Re: Order"),
        ("X-Autoreply: yes", "Re: Order"),
        ("Precedence: auto_reply", "Re: Order"),
        ("X-Autorespond: Order", "Order"),
        ("X-Other: 1", "Automatische Antwort: Order"),
        ("X-Other: 1", "AUTO: Aino Virtanen is out of the office (returning 9.6.)"),
        ("X-Other: 1", "自動返信：注文"),
        ("X-Other: 1", "ตอบกลับอัตโนมัติ: สั่งซื้อ"),
        ("X-Other: 1", "رد تلقائي: طلب"),
    ],
)
def test_notes_of_absence(header: str, subject: str) -> None:
    assert read(mail("I am away.\n", header, Subject=subject)).automatic == "auto_reply"


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("Feedback-ID: 1:SES", "Order"),
        ("Auto-Submitted: no", "Order"),
        (
            "X-Google-Group-Id: 1\nX-Original-Sender: aino@example.fi\nPrecedence: list\nList-ID: <tuki.havu.example>",
            "Order",
        ),
        ("X-Other: 1", "Auto: Ersatzteil gesucht"),
        ("X-Other: 1", "Delivery failed"),
    ],
)
def test_people_are_not_taken_for_machines(header: str, subject: str) -> None:
    assert read(mail("Hello\n", header, Subject=subject)).automatic == ""


def test_a_mail_that_has_gone_round_sixty_times_is_a_loop() -> None:
    found = read(mail("Hello\n", *["Received: by x"] * 61))
    assert (found.automatic, found.hops) == ("loop", 61)


GIVEN_BACK = RETURNED.replace("text/rfc822-headers", "message/rfc822")


def given_back(words: str, **fields: str) -> bytes:
    body, kind = multipart("mixed", f"Content-Type: text/plain\n\n{words}\n", GIVEN_BACK)
    return mail(body, Content_Type=kind, **fields)


def test_a_report_from_an_ordinary_address_that_gives_our_mail_back_is_a_bounce() -> None:
    words = "This message was created automatically by mail delivery software.\n\nUnable to deliver message to <aino@example.fi>."
    found, [receipt] = facts(given_back(words, From="ndr@example.fi", Subject="Mail delivery failed"))
    assert (found.automatic, found.bounced) == ("bounce", ["aino@example.fi"])
    assert (receipt.external_id, receipt.state) == ("out-9@havu.example", "failed")


def test_a_person_who_sends_a_report_on_stays_a_person() -> None:
    words = "Look what I got: the message could not be delivered.\n"
    assert read(given_back(words, Subject="Fwd: Mail delivery failed")).automatic == ""
    assert read(given_back("Where is my parcel?", Subject="Parcel not delivered")).automatic == ""


def test_a_report_that_leaves_its_fields_empty_is_read_by_its_words() -> None:
    data = report(
        "", spoken="Delivery to the following recipients failed permanently:\n\n   * aino@example.fi\n"
    )
    found, [receipt] = facts(data)
    assert (found.bounced, receipt.recipient, receipt.state) == (
        ["aino@example.fi"],
        "aino@example.fi",
        "failed",
    )


def test_a_report_without_a_sender_is_tied_by_what_it_answers() -> None:
    found, [receipt] = facts(
        mail("You sent mail to aino@example.fi. That's not a valid user here.\n", From="<>", In_Reply_To=OURS)
    )
    assert (found.automatic, receipt.external_id, receipt.recipient) == (
        "bounce",
        "out-9@havu.example",
        "aino@example.fi",
    )
