"""The words for the codes that stand in playbooks; said by `market_lines.py`."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.language.tone.market import TOPICS

Words = dict[str, Promise]
Names = dict[str, Promise | str]

KINDS: Final[Words] = {
    "languages": _("Languages"),
    "time_zone": _("Time zone"),
    "service_hours": _("Service hours"),
    "quiet_hours": _("Quiet hours"),
    "names": _("Names and address"),
    "register": _("Register"),
    "directness": _("Directness"),
    "greeting": _("Greeting"),
    "apology": _("Apology"),
    "humour": _("Humour"),
    "taboos": _("Not spoken of"),
    "response_times": _("Expected response times"),
    "channels": _("Preferred channels"),
    "payments": _("Payment methods"),
    "withdrawal": _("Right of withdrawal"),
    "refund_deadline": _("Refund deadline"),
    "return_cost": _("Cost of returning"),
    "guarantee": _("Legal guarantee"),
    "import_relief": _("Duty and import tax"),
    "sales_tax": _("Tax on sales"),
    "privacy": _("Requests about personal data"),
    "complaint_bodies": _("Where customers complain"),
    "shopping": _("Mobile and social shopping"),
}

# the calm groups of a market's page, in order
GROUPS: Final[tuple[tuple[str, Promise, tuple[str, ...]], ...]] = (
    (
        "law",
        pgettext_lazy("group of facts", "Law"),
        (
            "withdrawal",
            "refund_deadline",
            "return_cost",
            "guarantee",
            "import_relief",
            "sales_tax",
            "complaint_bodies",
        ),
    ),
    ("payments", _("Payments"), ("payments",)),
    (
        "service",
        pgettext_lazy("group of facts", "Service"),
        ("service_hours", "quiet_hours", "response_times", "time_zone", "languages"),
    ),
    (
        "manners",
        _("Manners"),
        ("register", "names", "directness", "greeting", "apology", "humour", "taboos"),
    ),
    ("habits", _("Channels and habits"), ("channels", "shopping")),
    ("privacy", _("Privacy"), ("privacy",)),
)

CHANNELS: Final[Names] = {
    "email": _("E-mail"),
    "chat": _("Chat"),
    "phone": _("Phone"),
    "sms": _("SMS"),
    "app": _("The shop's app"),
    "whatsapp": "WhatsApp",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "line": "LINE",
    "wechat": "WeChat",
    "kakaotalk": "KakaoTalk",
    "zalo": "Zalo",
    "telegram": "Telegram",
    "viber": "Viber",
    "x": "X",
    "tiktok": "TikTok",
    "snapchat": "Snapchat",
    "facebook": "Facebook",
}
SOCIAL: Final[Names] = {
    **CHANNELS,
    "shopee_live": "Shopee Live",
    "lazada_live": "Lazada Live",
    "line_shopping": "LINE Shopping",
    "youtube": "YouTube",
    "pinterest": "Pinterest",
    "xiaohongshu": "Xiaohongshu",
    "douyin": "Douyin",
    "kuaishou": "Kuaishou",
    "bilibili": "Bilibili",
    "kakao": "Kakao",
    "naver": "Naver",
    "vk": "VK",
    "mercado_livre": "Mercado Livre",
}
TAXED_LESS: Final[Words] = {
    "books": _("Books"),
    "food": _("Food"),
    "medicine": _("Medicine"),
    "children_clothing": _("Children's clothing"),
}

ORDERS: Final[Words] = {
    "given_first": _("The given name stands first"),
    "surname_first": _("The family name stands first"),
}
# what stands in braces in the patterns of names (CLDR personNames)
NAME_PARTS: Final[Words] = {
    "title": _("title"),
    "given": _("given name"),
    "given2": _("second given name"),
    "surname": _("family name"),
    "surname2": _("second family name"),
    "credentials": _("degree"),
}
REGISTERS: Final[Words] = {
    "formal": pgettext_lazy("register of a language", "Formal"),
    "polite": pgettext_lazy("register of a language", "Polite"),
    "informal": pgettext_lazy("register of a language", "Informal"),
}
DIRECTNESS: Final[Words] = {
    "direct": _("Things are said plainly"),
    "moderate": _("Things are said plainly, with care"),
    "indirect": _("Things are said indirectly"),
}
REFUSALS: Final[Words] = {
    "plain": _("A no is said plainly"),
    "explained": _("A no comes with its reason"),
    "cushioned": _("A no is cushioned"),
}
GREETINGS: Final[Words] = {
    "time_of_day": _("by the time of day"),
    "title_and_surname": _("title and family name"),
    "title_and_given_name": _("title and given name"),
    "given_name": _("by the given name"),
    "no_given_name": _("never by the given name"),
    "religious": _("a religious greeting is usual"),
    "season": _("a word on the season"),
    "wellbeing": _("a word on how they are"),
    "thanks_for_contact": _("thanks for writing"),
    "short": _("short"),
    "self_introduction": _("say who you are"),
    "vocative": _("the name in the vocative"),
    "particle": _("with a polite particle"),
}
APOLOGIES: Final[Words] = {
    "first_and_often": _("Say sorry first, and again"),
    "first_and_once": _("Say sorry first, once"),
    "once_and_solution": _("Say sorry once, then what you do about it"),
    "solution_first": _("Say first what you do about it"),
}
APOLOGY_CUSTOMS: Final[Words] = {
    "no_excuses": _("no excuses"),
    "explain_cause": _("explain how it came about"),
    "formal_words": _("in formal words"),
    "name_who_is_responsible": _("name who is responsible"),
    "save_face": _("nobody loses face"),
    "compensation": _("offer something for it"),
}
HUMOUR: Final[Words] = {
    "avoid": _("No jokes"),
    "only_when_settled": _("Only once all is settled"),
    "welcome": _("Welcome"),
}
TABOOS: Final[Words] = TOPICS
REFUND_WAYS: Final[Words] = {
    "same_way": _("refund the same way"),
    "bank_account": _("refund to a bank account"),
    "store_credit": _("refund as store credit"),
}
PAYERS: Final[Words] = {
    "consumer": _("The customer pays for sending goods back"),
    "trader": _("The shop pays for sending goods back"),
    "consumer_if_told": _("The customer pays, if told so before buying; else the shop"),
}
STARTS: Final[Words] = {
    "delivery": _("from delivery"),
    "order": _("from the order"),
    "delivery_or_order": _("from delivery, for services from the order"),
}
COLLECTORS: Final[Words] = {
    "seller": _("the seller"),
    "marketplace": _("the marketplace"),
    "carrier": _("the carrier"),
    "customs": _("customs"),
}
SORTS: Final[Words] = {"policy": _("Our policy"), "correction": _("Correction")}
STANDINGS: Final[Words] = {
    "read": _("source read"),
    "general": _("general knowledge"),
    "unknown": _("unknown"),
    "yours": _("your source"),
    "stale": _("to be checked again"),
}
