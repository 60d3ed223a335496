"""Every word the widget shows, in the reader's language; slots in braces are filled by the widget."""

from django.utils.translation import gettext as _


def widget_texts() -> dict[str, str]:
    """Return all texts of the widget in the active language; keys are those of `widget/parts/texts.js`."""
    return {**_frame(), **_composer(), **_messages()}


def self_service_texts() -> dict[str, str]:
    """Return the texts of what needs the server anyway, so that the script brings no English of them along."""
    return {
        "search": _("Search the help centre"),
        "results": _("Results: {count}"),
        "nothing": _("Nothing found. Write to us, we will help."),
        "where": _("Where is my order?"),
        "number": _("Number of the order or of the parcel"),
        "proof": _("E-mail or postcode of the order"),
        "show": _("Show where it is"),
        "return": _("Return something"),
        "write": _("Write to us"),
        "go_on": _("Go on with your conversation"),
        "back": _("Back to the start"),
        "orders": _("Your orders"),
        "suggested": _("This may answer it"),
        "dismiss": _("Dismiss"),
        "new_tab": _("opens in a new tab"),
        "bot": _("Automatic assistant"),
        "bot_note": _("Automatic answers may be wrong. Look at the source."),
        "sources": _("Sources"),
        "joined": _("{name} has joined"),
        "joined_translated": _("{name} has joined. What they write is translated for you."),
        "handed": _("A person will answer you here."),
        **csat_texts(),
    }


def csat_texts() -> dict[str, str]:
    """Return what is asked at the end, in the chat and at `/s/<token>`."""
    return {
        "csat": _("Was your problem solved? How did we do?"),
        "csat_scale": _("Rating from 1 to 5"),
        "csat_1": _("Very bad"),
        "csat_2": _("Bad"),
        "csat_3": _("Neither good nor bad"),
        "csat_4": _("Good"),
        "csat_5": _("Excellent"),
        "csat_comment": _("Comment (optional)"),
        "csat_choose": _("Please choose one of the five faces."),
        "csat_thanks": _("Thank you for your answer."),
        "csat_change": _("Change my answer"),
    }


def _frame() -> dict[str, str]:
    return {
        "title": _("{brand} support"),
        "open": _("Open chat"),
        "minimise": _("Minimise chat"),
        "language": _("Language"),
        "welcome": _("Hello! How can we help?"),
        "welcome_more": _("Write in your own language."),
        "on_duty": _("We are here now"),
        "off_duty": _("Nobody is on duty right now"),
        "back_at": _("A person answers from {time}"),
        "leave": _("Leave a message and we will answer as soon as we are back."),
        "offline": _("No connection. Your messages go out when it is back."),
        "unread": _("Unread messages: {count}"),
        "translated_note": _("Messages may be translated automatically"),
        "loading": _("Loading your messages"),
        "connecting": _("Connecting"),
        "more": _("More"),
        "sound": _("Sound at an answer"),
        "copy": _("Send me a copy by e-mail"),
        "closed": _("This conversation is closed. Write to open it again."),
    }


def _composer() -> dict[str, str]:
    return {
        "message": _("Message"),
        "placeholder": _("Write a message"),
        "send": _("Send"),
        "attach": _("Attach files"),
        "email": _("Your e-mail address"),
        "email_hint": _("In case you leave before we answer. Otherwise you find the answer here."),
        "email_bad": _("This is not a whole e-mail address."),
        "too_large": _("{name} is larger than {limit}."),
        "refused_kind": _("{name}: files of this kind cannot be sent."),
        "too_many": _("At most {count} files go with one message."),
        "too_long": _("At most {count} characters go into one message."),
        "remove": _("Remove {name}"),
        "drop": _("Drop files to attach them"),
        "emoji": _("Emoji"),
        "ask_name": _("Your name"),
        "ask_order": _("Order number"),
        "ask_optional": _("{label} (optional)"),
        "ask_need": _("{label}: please fill this in."),
        "consent": _("I agree that what I write is kept to answer me."),
        "consent_need": _("Please agree first."),
        "privacy": _("Privacy policy"),
        "copy_to": _("Where should the copy go?"),
        "copy_send": _("Send the copy"),
        "cancel": _("Cancel"),
        "copy_sent": _("A copy is on its way to {email}."),
        "copy_confirm": _(
            "A mail is on its way to {email}. Confirm your address there, then the copy comes."
        ),
    }


def _messages() -> dict[str, str]:
    return {
        "log": _("Messages"),
        "stored": _("We have your message."),
        "sending": _("Sending"),
        "sent": _("Sent"),
        "failed": _("Not sent"),
        "retry": _("Try again"),
        "uploading": _("Uploading, {percent}"),
        "download": _("Download {name}"),
        "machine": _("Machine translated"),
        "show_original": _("Show original"),
        "hide_original": _("Hide original"),
        "read": _("Read"),
        "typing": _("{name} is typing"),
        "newer": _("New messages"),
    }
