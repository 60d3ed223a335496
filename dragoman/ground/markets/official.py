"""Whether an address is one of those who make, judge or publish law: governments, courts, parliaments, journals."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from .playbook import Source

# second levels that a country keeps for its state
_STATE: Final = frozenset(["gov", "govt", "gob", "gub", "gouv", "gv", "jus", "leg"])
_STATE_OF_SOME: Final = frozenset(["go.jp", "go.kr", "go.th", "go.id", "go.ke", "go.cr", "gc.ca", "admin.ch"])
_HOSTS: Final = frozenset(
    [
        "acm.nl", "althingi.is", "arn.se", "bcn.cl", "boe.es", "bund.de", "bundesgerichtshof.de", "bundesregierung.de",
        "ccpc.ie", "ch.ch", "citizensinformation.ie", "consuwijzer.nl", "coi.cz", "dataprotection.ie",
        "diariodarepublica.pt", "dre.pt", "e-sbirka.cz", "e-tar.lt", "et.gr", "europa.eu", "finlex.fi", "forbrug.dk",
        "forbrugerombudsmanden.dk", "forbrukertilsynet.no", "gazzettaufficiale.it", "gesetze-im-internet.de",
        "gesetze.li", "gouv.qc.ca", "irishstatutebook.ie", "island.is", "just.ro", "kkv.fi", "konsumentverket.se",
        "kzp.bg", "lagrummet.se", "likumi.lv", "lovdata.no", "lrv.lt", "monitoruloficial.ro", "naevneneshus.dk",
        "neytendastofa.is", "njt.hu", "nn.hr", "normattiva.it", "overheid.nl", "parliament.bg", "pisrs.si",
        "public.lu", "rechtspraak.nl", "regjeringen.no", "retsinformation.dk", "riigiteataja.ee", "riksdagen.se",
        "sernac.cl", "skatturinn.is", "slov-lex.sk", "soi.sk", "toll.no", "tollur.is", "ttja.ee", "uradni-list.si",
    ]
)  # fmt: skip


def is_official(url: str | None) -> bool:
    """Say whether whoever answers at an address speaks for a state, the Union, a court or an official journal."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower() if url else ""
    labels = host.split(".")
    if len(labels) < 2:
        return False
    ends = {".".join(labels[place:]) for place in range(len(labels) - 1)}
    is_state = labels[-1] == "gov" or (len(labels[-1]) == 2 and labels[-2] in _STATE)
    return is_state or bool(ends & (_HOSTS | _STATE_OF_SOME))


def best_address(sources: Iterable[Source]) -> str:
    """Return where a fact stands: at an official address if there is one, else at any, "" without."""
    known = [one.url for one in sources if one.url]
    return next((one for one in known if is_official(one)), next(iter(known), "")) or ""
