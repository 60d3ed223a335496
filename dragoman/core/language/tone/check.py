"""Check a reply's register and manners for the language and market of its reader, before it is sent.

What would offend there is a fault; what a good lead would mend and nobody minds is a hint.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

from dragoman.core.language.entities.find import find as entities_in
from dragoman.core.language.tone.manners import Address, Folded, Manners, Sign, manners_of
from dragoman.core.language.tone.market import TOPICS, MarketFacts, facts_of
from dragoman.ground.design.functions import market_name
from dragoman.kit.tags import base

Severity = Literal["fault", "hint"]
LONGEST_TEXT = 20_000  # characters that are looked at
# Words in a sentence, or characters where no spaces part them: beyond it a reader loses the thread.
LONG_WORDS, LONG_CHARACTERS = 35, 100
_SPACELESS = ("th", "ja", "zh")
# A mail-like reply: several sentences or lines. A line of chat needs neither greeting nor closing.
_LETTER = 3  # sentences
_SHORT = 2  # sentences: a refusal of no more has nothing beside it that softens it
_SENTENCE = re.compile(r"(?:[^.!?…。！？\n]|(?<=\d)\.(?=\d))+(?:[.!?…。！？]+|\n|$)")
# what somebody else said or what is written on a button: none of the agent's words
_QUOTED = re.compile("「[^「」\n]*」|『[^『』\n]*』|“[^“”\n]*”|«[^«»\n]*»")
_EMOJI = re.compile(
    "[\U0001f300-\U0001f5ff\U0001f600-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff\U0001fa70-\U0001faff\u2600-\u26ff\u2764]"
    r"|(?<![\w:])[:;=]-?[)D(pP](?!\w)|\^\^"
)
_LAUGHING = re.compile("[😂🤣😆😜😝🤪😛😹😏🙃]")
# laughter as it is written in the world
_LAUGHTER = re.compile(
    r"(?i)(?<!\w)(?:(?:ha){2,}h?|(?:he){2,}h?|(?:hi){2,}|(?:ja){2,}j?|(?:rs){2,}|(?:ah){3,}|k{3,}|lo+l|lmao|rofl|mdr|ptdr|xd)(?!\w)"
    r"|(?:ха){2,}|(?:хе){2,}|(?:χα){2,}|ה{3,}|ח{3,}|ه{3,}|[ㅋ]{2,}|哈{2,}|嘻{2,}|(?<=[ぁ-んァ-ヶ一-龯。！!])[wｗ]{2,}(?![a-zA-Z0-9])"
    r"|[（(](?:笑|爆笑|苦笑)[）)]|(?<![\d.,])5{3,}\+?(?![\d.,])(?=\s*[\u0e00-\u0e7f]|\s*$)"
)
_MARKS = re.compile(r"(?:[!！]\s?){2,}|(?:[?？]\s?){2,}|(?:[!！][?？]|[?？][!！])[!?！？]*")
# letters that have capitals: Latin, Greek, Cyrillic, Armenian
_CASED = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿͰ-ϿЀ-ԯ԰-֏"
_CAPITALS = re.compile(f"(?<![{_CASED}0-9_-])[{_CASED}]{{2,}}(?![{_CASED}0-9_-])")
_SHOUTED_LETTERS = 4  # the fewest in a shouted word: shorter ones are abbreviations
# A title beside a name: capitals that are none of a shouted word.
_MOST_CAPITALS = 0.6  # share of a sentence's letters
# a step of a numbered or dotted list
_STEP = re.compile(r"(?m)(?:^|(?<=[。.\s]))(?:\d{1,2}[.)．）、](?!\d)|[①-⑳・•▪‣])[^。\n]*。?")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: `message` is for the agent, `suggestion` is what to write in the span's place, if known.

    `start` and `end` are code points, end exclusive; both None where something is missing.
    """

    code: str
    severity: Severity
    message: str
    start: int | None = None
    end: int | None = None
    suggestion: str = ""


@dataclass(frozen=True)
class Voice:
    """How a brand speaks, beyond its market's manners: what it set overrides them.

    `address` is formal, informal, either or "" for the market's; `longest` is in words (0: the usual); `silenced` are
    codes that it does not want to hear of. `is_wished`: the form is what this very reader asked for.
    """

    address: Address | Literal[""] = ""
    may_emoji: bool = False
    longest: int = 0
    silenced: frozenset[str] = frozenset()
    is_wished: bool = False


@dataclass(frozen=True)
class Situation:
    """What the reply answers: whether the customer complains (None: read from the reply), and on which channel."""

    is_complaint: bool | None = None
    channel: str = ""


@dataclass
class _Reply:
    text: str
    language: str
    manners: Manners
    voice: Voice
    situation: Situation
    facts: MarketFacts
    folded: Folded = field(init=False)
    sentences: list[tuple[int, int]] = field(init=False)
    quoted: list[tuple[int, int]] = field(init=False)
    steps: list[tuple[int, int]] = field(init=False)
    _signs: dict[str, list[Sign]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folded = Folded(self.text)
        self.quoted = [found.span() for found in _QUOTED.finditer(self.text)]
        self.steps = [found.span() for found in _STEP.finditer(self.text)]
        self.sentences = [
            (found.start() + len(found.group()) - len(found.group().lstrip()), found.end())
            for found in _SENTENCE.finditer(self.text)
            if any(map(str.isalnum, found.group()))
        ]

    @property
    def is_bare(self) -> bool:
        """Say whether it lacks the word of politeness that such a reply needs at least once."""
        manners = self.manners
        needs = manners.particle and (
            manners.particle_when is None or manners.particle_when.search(self.text)
        )
        return bool(needs and not (manners.particle and manners.particle.search(self.text)))

    def signs(self, kind: str) -> list[Sign]:
        """Return the signs of a kind; several rules ask for the same ones."""
        if kind not in self._signs:
            found = self.manners.find(kind, self.text, self.folded)
            self._signs[kind] = [
                one
                for one in found
                if not self._is_quoted(one) and not (kind == "informal" and self.is_step(one.start))
            ]
        return self._signs[kind]

    def _is_quoted(self, sign: Sign) -> bool:
        return any(start < sign.start and sign.end < end for start, end in self.quoted)

    def is_step(self, at: int) -> bool:
        """Say whether a place is in a step of a list, where verbs stay plain in languages that have plain ones."""
        return self.manners.plain is not None and any(start <= at < end for start, end in self.steps)

    @property
    def address(self) -> Address:
        return self.voice.address or self.usual_address

    @property
    def usual_address(self) -> Address:
        """Return the form that is usual in the market, whatever brand and reader chose."""
        return self._address_there() or self.manners.address

    def _address_there(self) -> Address | Literal[""]:
        """Return the form that the market's playbook asks for, where it says more than the language's rules do."""
        facts, usual = self.facts, self.manners.address
        if facts.is_own_level:
            return _LEVELS.get(facts.level, "")
        is_silent = usual == "either" and not self.manners.is_marked
        is_spoken = base(self.language) in facts.languages
        return "formal" if facts.level == "formal" and is_silent and is_spoken else ""

    @property
    def country(self) -> str:
        """Name the market, "" where no playbook says anything."""
        return market_name(self.facts.country) if self.facts.country else ""

    def because(self, plain: str, there: str) -> str:
        """Return the words for a market (with `country` in them) where one is known, else the plain ones."""
        return there % {"country": self.country} if self.country else plain

    @property
    def is_letter(self) -> bool:
        """Say whether it is written like a mail, which begins and ends as one."""
        if self.situation.channel:
            return self.situation.channel == "email"
        return "\n" in self.text.strip() or len(self.sentences) > _LETTER

    @property
    def is_bad_news(self) -> bool:
        if self.situation.is_complaint is not None:
            return self.situation.is_complaint
        return bool(self.signs("trouble") or self.signs("apology"))


# What nobody is offended by: a brand may choose not to hear of these.
HINTS = frozenset({"greeting", "closing", "apology", "next_step", "long", "emoji", "formal", "banned"})
# the form of address that a brand or customer chose, as the rules know it
ADDRESS: Mapping[str, Address] = {"casual": "informal", "formal": "formal"}
NOTHING_SET = Voice()
ANY = Situation()
# what a brand that sets a market's register by itself wants; polite is as the language's rules have it
_LEVELS: Mapping[str, Address] = {"informal": "informal", "formal": "formal"}


def check(
    text: str,
    *,
    language: str,
    market: str = "",
    voice: Voice = NOTHING_SET,
    situation: Situation = ANY,
    facts: MarketFacts | None = None,
) -> list[Finding]:
    """Return what to mend in a reply, faults first, each kind in the order of the text.

    Empty for a language that there are no rules for. `facts` are the market's as they hold for a brand, without them
    those of its playbook.
    Messages are in the language that is active (django.utils.translation).
    """
    text = text[:LONGEST_TEXT]
    manners = manners_of(language, market)
    if manners is None or not any(map(str.isalpha, text)):
        return []
    facts = facts_of(market) if facts is None else facts
    reply = _Reply(text, language, manners, voice, situation, facts)
    found = [one for rule in _RULES for one in rule(reply) if one.code not in voice.silenced]
    return sorted(found, key=lambda one: (one.severity != "fault", -1 if one.start is None else one.start))


def is_in_form(
    text: str, *, language: str, market: str = "", form: str = "", facts: MarketFacts | None = None
) -> bool:
    """Say whether a text speaks to its reader in a form of address (`casual`, `formal`, "": as the market is used to);
    what shows none is in each. `facts` as in `check`.
    """
    voice = Voice(address=ADDRESS.get(form, ""))
    found = check(text, language=language, market=market, voice=voice, facts=facts)
    # a market that is used to the familiar form minds no polite one, a brand that chose it does
    wrong = ("register", "formal") if form == "casual" else ("register",)
    return not any(one.code in wrong for one in found)


def is_fine(findings: Sequence[Finding]) -> bool:
    """Say whether nothing would offend."""
    return not any(one.severity == "fault" for one in findings)


def _each(signs: Sequence[Sign], code: str, message: str, severity: Severity = "fault") -> Iterator[Finding]:
    for sign in signs:
        yield Finding(code, severity, message, sign.start, sign.end, sign.instead)


def _register(reply: _Reply) -> Iterator[Finding]:
    informal, formal = reply.signs("informal"), reply.signs("formal")
    if reply.address == "formal":
        message = reply.because(
            _("Too familiar for this market."), _("Too familiar for %(country)s: a shop stays polite there.")
        )
        if reply.voice.is_wished and reply.usual_address != "formal":
            message = _("Another form of address")
        yield from _each(informal, "register", message)
    elif reply.address == "either" and informal and formal:
        fewer = informal if len(informal) <= len(formal) else formal
        yield from _each(fewer, "register", _("Two forms of address in one reply: choose one."))
    elif reply.address == "informal" and formal:
        message = _("The brand says the familiar form here.") if reply.voice.address else _("Stiff here.")
        if reply.voice.is_wished:
            message = _("Another form of address")
        yield from _each(formal, "formal", message, "hint")
    yield from _plain_ends(reply)
    if reply.address != "informal" and reply.is_bare:
        yield Finding(
            "particle",
            "fault",
            _("No word of politeness in the whole reply."),
            suggestion=reply.manners.particle_instead,
        )


def _plain_ends(reply: _Reply) -> Iterator[Finding]:
    """Sentences whose verb lacks politeness, in languages whose verbs carry it."""
    plain, polite = reply.manners.plain, reply.manners.polite
    if plain is None or reply.address == "informal":
        return
    for start, end in reply.sentences:
        if reply.is_step(start):
            continue
        sentence = reply.text[start:end]
        bare = _EMOJI.sub("", sentence).rstrip(" \t\n.!?…。！？~〜ー・、,)）」』\"'")
        found = plain.search(bare)
        if found and not (polite and polite.search(bare)):
            message = _("This sentence ends in a plain form.")
            yield Finding("register", "fault", message, start + found.start(), start + found.end())


def _honorific(reply: _Reply) -> Iterator[Finding]:
    message = _("The customer's name lacks its title.")
    if reply.country and reply.facts.title and base(reply.language) in reply.facts.languages:
        message = _("%(country)s: a customer's name is not written without its title (%(title)s).")
        message %= {"country": reply.country, "title": reply.facts.title}
    yield from _each(reply.signs("honorific"), "honorific", message)


def _blame(reply: _Reply) -> Iterator[Finding]:
    yield from _each(reply.signs("blame"), "blame", _("Sounds as if the customer were at fault."))


def _rude(reply: _Reply) -> Iterator[Finding]:
    yield from _each(reply.signs("rude"), "rude", _("Curt or dismissive."))


def _shouting(reply: _Reply) -> Iterator[Finding]:
    message = _("Reads as shouting.")
    codes = [(one.start, one.end) for one in entities_in(reply.text, reply.language)]
    run: list[re.Match[str]] = []
    for start, end in reply.sentences:
        words = list(_CAPITALS.finditer(reply.text, start, end))
        shouted = [
            word
            for word in words
            if word.group().isupper()
            and word.group().lower() != word.group()
            and not any(word.start() < stop and word.end() > begin for begin, stop in codes)
        ]
        # beside letters that have no capitals, a few capitals are the name of a thing
        is_cased = all(map(_has_case, filter(str.isalpha, reply.text[start:end])))
        long = [word for word in shouted if len(word.group()) >= _SHOUTED_LETTERS and is_cased]
        letters = sum(map(str.isalpha, reply.text[start:end]))
        loud = sum(len(word.group()) for word in shouted)
        run = (
            shouted if len(shouted) > 1 and loud > _MOST_CAPITALS * letters else long if len(long) > 1 else []
        )
        if run:
            first, last = run[0].start(), run[-1].end()
            written = reply.text[first:last]
            yield Finding("shouting", "fault", message, first, last, written.capitalize())
    for found in _MARKS.finditer(reply.text):
        mark = found.group().strip()
        severity: Severity = "fault" if len(mark) > 2 or reply.is_bad_news else "hint"
        yield Finding("shouting", severity, message, found.start(), found.start() + len(mark), mark[0])


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _joke(reply: _Reply) -> Iterator[Finding]:
    """Jokes beside trouble; laughter wherever the market wants none, and about what is joked about anywhere."""
    laughs = [found.span() for pattern in (_LAUGHTER, _LAUGHING) for found in pattern.finditer(reply.text)]
    told = [
        sign
        for sign in reply.signs("joke")
        if not any(sign.start < end and sign.end > start for start, end in laughs)
    ]
    if reply.is_bad_news or (laughs and told and not reply.signs("closing")):
        message = _("A joke about the customer's trouble.")
        if reply.facts.humour in ("avoid", "only_when_settled"):
            message = reply.because(message, _("%(country)s: no jokes before the matter is settled."))
    elif laughs and reply.facts.humour == "avoid":
        message = reply.because("", _("%(country)s: a shop does not joke with its customers."))
        told = []
    else:
        return
    yield from _each(told, "joke", message)
    for start, end in laughs:
        yield Finding("joke", "fault", message, start, end)


def _refusal(reply: _Reply) -> Iterator[Finding]:
    """A no that stands there bare, where the market wants it softened or explained."""
    signs = reply.signs("refusal")
    if not signs or reply.facts.refusal == "plain" or reply.signs("cushion") or reply.signs("apology"):
        return
    if any(not _meet(step, signs) for step in reply.signs("next_step")) and base(reply.language) != "ja":
        return  # in Japanese the verb itself reads as a next step
    is_short = len(reply.sentences) <= _SHORT
    if reply.facts.refusal == "cushioned":
        message = reply.because(
            "", _("%(country)s: a no is softened: say sorry, and what you can do instead.")
        )
        yield from _each(signs, "refusal", message, "fault" if is_short else "hint")
    elif is_short:
        yield from _each(signs, "refusal", _("A bare no: say why, and what you can do instead."), "hint")


def _meet(one: Sign, others: Sequence[Sign]) -> bool:
    return any(one.start < other.end and one.end > other.start for other in others)


def _taboo(reply: _Reply) -> Iterator[Finding]:
    for code in sorted(reply.facts.taboos & reply.manners.taboos.keys()):
        message = _("%(country)s: leave this subject out (%(topic)s).")
        message %= {"country": reply.country, "topic": TOPICS[code]}
        yield from _each(reply.manners.taboos[code].find(reply.text, reply.folded), "taboo", message)


def _emoji(reply: _Reply) -> Iterator[Finding]:
    if reply.voice.may_emoji or not reply.is_bad_news:
        return
    for found in _EMOJI.finditer(reply.text):
        if not _LAUGHING.match(found.group()):
            yield Finding("emoji", "hint", _("An emoji beside bad news."), *found.span())


def _missing(reply: _Reply) -> Iterator[Finding]:
    samples = reply.manners.samples
    if reply.is_letter and not reply.signs("greeting"):
        yield Finding("greeting", "hint", _("No greeting."), suggestion=samples.get("greeting", ""))
    if reply.is_letter and not reply.signs("closing"):
        closing = reply.facts.closing if base(reply.language) in reply.facts.languages else ""
        yield Finding("closing", "hint", _("No closing."), suggestion=closing or samples.get("closing", ""))
    troubled = reply.situation.is_complaint or bool(reply.signs("trouble"))
    if troubled and not reply.signs("apology"):
        yield Finding(
            "apology",
            "hint",
            reply.because(
                _("Trouble is named, and nobody is sorry."),
                _("%(country)s: where there is trouble, a shop says sorry first."),
            )
            if reply.facts.apology.startswith("first")
            else _("Trouble is named, and nobody is sorry."),
            suggestion=samples.get("apology", ""),
        )
    if troubled and not reply.signs("next_step"):
        yield Finding("next_step", "hint", _("The customer does not learn what happens next."))


def _long(reply: _Reply) -> Iterator[Finding]:
    is_spaceless = base(reply.language) in _SPACELESS
    most = reply.voice.longest or (LONG_CHARACTERS if is_spaceless else LONG_WORDS)
    for start, end in reply.sentences:
        sentence = reply.text[start:end]
        if (len(sentence) if is_spaceless else len(sentence.split())) > most:
            yield Finding("long", "hint", _("A long sentence: cut it in two."), start, end)


_RULES = (
    _register, _honorific, _blame, _rude, _refusal, _shouting, _joke, _taboo, _emoji, _missing, _long,
)  # fmt: skip
