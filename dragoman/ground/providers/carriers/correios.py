"""Correios' SRO Rastro API v1 (https://cws.correios.com.br): a token for a contract, 50 numbers a call.

Its words are kept in Portuguese, its clock is that of Brasília.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .tokens import token_of
from .wire import at, call, complaint, listed, place, words

HOME: Final = "https://api.correios.com.br"
_CLOCK: Final = ZoneInfo("America/Sao_Paulo")
_HOLDS: Final = 12 * 3600.0

# a code and its type; one without a type is what the code says whatever the type
CODES: Final[Mapping[str, State]] = {
    "PO": (S.IN_TRANSIT, D.PICKED_UP), "OEC": (S.OUT_FOR_DELIVERY, None), "LDI": (S.READY_TO_COLLECT, None),
    "DO": (S.IN_TRANSIT, D.DEPARTED), "RO": (S.IN_TRANSIT, D.DEPARTED), "TRI": (S.IN_TRANSIT, None),
    "BDE 01": (S.DELIVERED, None), "BDI 01": (S.DELIVERED, None), "BDR 01": (S.DELIVERED, None),
    "BDE 20": (S.ATTEMPT_FAILED, D.NOBODY_HOME), "BDI 20": (S.ATTEMPT_FAILED, D.NOBODY_HOME),
    "BDR 20": (S.ATTEMPT_FAILED, D.NOBODY_HOME), "BDE 23": (S.RETURNED, None), "BDI 23": (S.RETURNED, None),
    "BDR 23": (S.RETURNED, None), "PAR 16": (S.IN_TRANSIT, D.ARRIVED_COUNTRY),
    "PAR 17": (S.EXCEPTION, D.CUSTOMS_PAYMENT),
    "PAR 10": (S.IN_TRANSIT, D.CUSTOMS_CLEARED), "PAR 21": (S.IN_TRANSIT, D.CUSTOMS),
}  # fmt: skip
# what it says; the first that fits
_SAID: Final[Sequence[tuple[str, State]]] = (
    (r"aguardando (?:o )?pagamento", (S.EXCEPTION, D.CUSTOMS_PAYMENT)),
    (r"documenta|informar n|faltam informa", (S.EXCEPTION, D.CUSTOMS_PAPERS)),
    (r"aduaneira (?:finalizada|conclu)|desembara", (S.IN_TRANSIT, D.CUSTOMS_CLEARED)),
    (r"aduaneir|alf.ndega|fiscaliza", (S.IN_TRANSIT, D.CUSTOMS)),
    (r"entregue ao remetente|devolvido ao remetente", (S.RETURNED, None)),
    (r"devolu..o|devolvido|ser. devolvido", (S.RETURNING, None)),
    (r"recus", (S.EXCEPTION, D.REFUSED)),
    (r"ausente|n.o atendido", (S.ATTEMPT_FAILED, D.NOBODY_HOME)),
    (r"endere.o (?:incorreto|insuficiente|incompleto)|mudou-se|desconhecido", (S.EXCEPTION, D.BAD_ADDRESS)),
    (r"n.o procurado|n.o retirado", (S.EXCEPTION, D.UNCLAIMED)),
    (r"roubad|extravi|furt", (S.LOST, None)),
    (r"avari|danific", (S.EXCEPTION, D.DAMAGED)),
    (r"n.o entregue|entrega n.o (?:pode|efetuada)", (S.ATTEMPT_FAILED, None)),
    (r"dispon.vel para retirada|aguardando retirada", (S.READY_TO_COLLECT, None)),
    (r"saiu para entrega", (S.OUT_FOR_DELIVERY, None)),
    (r"entregue", (S.DELIVERED, None)),
    (r"postado", (S.IN_TRANSIT, D.PICKED_UP)),
    (r"etiqueta emitida|aguardando postagem", (S.INFO_RECEIVED, None)),
)
_PATTERNS: Final = [(re.compile(pattern, re.IGNORECASE), state) for pattern, state in _SAID]


class Correios(Silent):
    """See this file's head."""

    title = "Correios"
    fields: Sequence[Field] = (
        Field("client", _("User name"), help="Meu Correios"),
        Field("secret", _("API key"), secret=True, help="Código de acesso a APIs"),
        Field("card", "Cartão de postagem", required=False),
    )
    carriers: frozenset[str] = frozenset({"correios"})
    batch = 50

    def check(self, account: Account) -> None:
        """Get a token."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for all at once."""
        query = {"codigosObjetos": ",".join(one.number for one in parcels), "resultado": "T"}
        headers = {"Authorization": f"Bearer {self._token(account)}", "Accept": "application/json"}
        answer = call(account, "GET", "/srorastro/v1/objetos", home=HOME, headers=headers, query=query)
        if answer.status >= 400:
            raise answer.refused(_why(answer.body))
        found = {words(one.get("codObjeto")): one for one in listed(at(answer.body, "objetos"))}
        return [_parcel(one, found.get(one.number, {})) for one in parcels]

    def _token(self, account: Account) -> str:
        user, secret = account.settings.get("client", ""), account.secrets.get("secret", "")
        card = account.settings.get("card", "")
        basic = base64.b64encode(f"{user}:{secret}".encode()).decode()

        def fresh() -> tuple[str, float]:
            answer = call(
                account, "POST", "/token/v1/autentica/cartaopostagem" if card else "/token/v1/autentica",
                home=HOME, headers={"Authorization": f"Basic {basic}"}, body={"numero": card} if card else None,
            )  # fmt: skip
            if answer.status >= 400 or not at(answer.body, "token"):
                raise answer.refused(_why(answer.body))
            return str(answer.body["token"]), _holds(answer.body)

        return token_of("correios", account.address, f"{user}:{secret}:{card}", fresh)


def _holds(told: Any) -> float:
    """Return for how many seconds a token holds, as it says by its own clock."""
    until = _moment(at(told, "expiraEm"))
    return (until - datetime.now(UTC)).total_seconds() if until else _HOLDS


def _why(told: Any) -> str:
    said = at(told, "msgs")
    return "; ".join(words(one) for one in said) if isinstance(said, list) else complaint(told)


def _moment(told: object) -> datetime | None:
    """Return a moment; one without an offset is by the clock of Brasília."""
    try:
        found = parse_datetime(words(told, 40))
    except ValueError:
        return None
    if found is None:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=_CLOCK)).astimezone(UTC)


def _parcel(asked: Asked, told: dict[str, Any]) -> ParcelFacts:
    events = [_event(one) for one in listed(told.get("eventos"))]
    return ParcelFacts(
        number=asked.number,
        carrier="correios",
        service=words(at(told, "tipoPostal", "descricao") or at(told, "tipoPostal", "categoria"), 80),
        events=[one for one in events if one is not None],
        estimated_at=_moment(told.get("dtPrevista")),
        known=bool(told.get("eventos")),
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = _moment(told.get("dtHrCriado"))
    if when is None:
        return None
    parts = dict.fromkeys([words(told.get("descricao")), words(told.get("detalhe"))])
    text = ". ".join(one.rstrip(".") for one in parts if one)
    code, kind = words(told.get("codigo")), words(told.get("tipo"))
    status, detail = CODES.get(f"{code} {kind}") or _words(text) or CODES.get(code) or (S.IN_TRANSIT, None)
    where = told.get("unidade")
    city, state = at(where, "endereco", "cidade"), at(where, "endereco", "uf")
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(city, state) or place(at(where, "nome")),
        country="BR" if city or state else "",
    )


def _words(text: str) -> State | None:
    return next((state for pattern, state in _PATTERNS if pattern.search(text)), None)


trackers.register("correios")(Correios())
