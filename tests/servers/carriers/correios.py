"""Correios' Token and Rastro APIs as they are known, strictly: the posting card's token, then one object or up to fifty.

Sources: public clients and a public emulator of cws.correios.com.br (whose manuals are behind a log-in and were not read): the
token (Basic user and access code, `{"numero": card}`, 201 with `token` and `expiraEm` in Brasília without a zone), the path, the
shape of objects, `SRO-020` in a 200 for an object unknown, `SRO-018` for another language than three, `msgs` of a refusal, fifty
objects a call. Not sourced: the words of other codes, 403 (not 401) for an expired token, a `Retry-After`, further fields of `unidade`.
"""

import base64
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

MOST: Final = 50  # objects a call
TOKEN: Final = "/token/v1/autentica/cartaopostagem"
OBJECTS: Final = "/srorastro/v1/objetos"
_CODE: Final = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_RESULTS: Final = {"T": "Todos os Eventos", "U": "Último Evento", "P": "Primeiro Evento"}


def event(
    code: str, kind: str, said: str, at: str, *, city: str = "SAO PAULO", state: str = "SP", **told: Any
) -> dict[str, Any]:
    """Return an event as an answer shows one; `at` is Brasília's clock without a zone."""
    unit = {"codSro": "05311900", "tipo": "Unidade de Tratamento", "endereco": {"cidade": city, "uf": state}}
    return {"codigo": code, "tipo": kind, "dtHrCriado": at, "descricao": said, "unidade": unit, **told}


def thing(
    code: str = "YJ460348417BR", events: list[dict[str, Any]] | None = None, **told: Any
) -> dict[str, Any]:
    """Return an object as an answer shows one, newest event first."""
    kind = {"sigla": code[:2], "descricao": "ETIQUETA LOGICA SEDEX", "categoria": "SEDEX"}
    return {
        "codObjeto": code,
        "tipoPostal": kind,
        "dtPrevista": "2026-12-02T23:59:59",
        "contrato": "9912345678",
        "largura": 16,
        "comprimento": 20,
        "altura": 10,
        "peso": 0.5,
        "formato": "Pacote",
        "modalidade": "F",
        "eventos": events
        or [
            event("OEC", "01", "Objeto saiu para entrega ao destinatário", "2026-11-27T09:12:33"),
            event("PO", "01", "Objeto postado", "2026-11-24T16:05:10", city="OURO PRETO", state="MG"),
        ],
        **told,
    }


@dataclass
class Correios:
    """One contract: `objects` by code; `down` answers 503 to everything."""

    user: str = "loja"
    code: str = "codigo-de-acesso"
    card: str = "0067599079"
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    down: bool = False
    tokens: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        if self.down:
            return _refused(503, "Serviço indisponível", asked)
        if asked.path == TOKEN and asked.method == "POST":
            return self._token(asked)
        given = re.fullmatch(r"Bearer (.+)", asked.headers.get("authorization", ""))
        if given is None or given[1] not in self.tokens:
            return _refused(403, "GTW-006: Token inválido ou expirado.", asked)
        if asked.method != "GET" or not asked.path.startswith(OBJECTS):
            return _refused(404, "Rota não encontrada", asked)
        return self._traced(asked)

    def _token(self, asked: Asked) -> Answered:
        basic = base64.b64encode(f"{self.user}:{self.code}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {basic}":
            return _refused(401, "Usuário ou código de acesso inválido", asked)
        body = asked.json()
        if not isinstance(body, dict) or body.get("numero") != self.card:
            return _refused(400, "GTK-011: Cartão de postagem não encontrado", asked)
        self.tokens.append(f"correios-token-{len(self.tokens)}")
        told = {
            "ambiente": "PRODUCAO",
            "id": self.user,
            "perfil": "PJ",
            "cartaoPostagem": {"numero": self.card},
        }
        told |= {"emissao": "2026-11-28T03:00:00", "expiraEm": "2026-11-29T03:00:00", "zoneOffset": "-03:00"}
        return Answered(201, {**told, "token": self.tokens[-1]})

    def _traced(self, asked: Asked) -> Answered:
        language = asked.headers.get("accept-language", "pt-BR")
        if language not in {"pt-BR", "en", "es-ES"}:
            return _refused(
                400, "SRO-018: Permitido apenas os valores pt-BR, en e es-ES para o idioma", asked
            )
        wanted = asked.query.get("resultado", "T")
        if wanted not in _RESULTS:
            return _refused(400, "SRO-017: Permitido apenas os valores T, U e P para o resultado", asked)
        one = asked.path.removeprefix(OBJECTS).strip("/")
        codes = [one] if one else [code for code in asked.query.get("codigosObjetos", "").split(",") if code]
        if not codes or len(codes) > MOST:
            return _refused(400, f"SRO-001: Informe de 1 a {MOST} objetos", asked)
        told = [self._object(code, wanted) for code in codes]
        body = {"versao": "3.5.38", "quantidade": len(told), "objetos": told, "resultado": _RESULTS[wanted]}
        return Answered(200, body)

    def _object(self, code: str, wanted: str) -> dict[str, Any]:
        if not _CODE.fullmatch(code):
            return {"codObjeto": code, "mensagem": "SRO-019: Objeto inválido"}
        if code not in self.objects:
            said = "SRO-020: Objeto não encontrado na base de dados dos Correios."
            return {"codObjeto": code, "mensagem": said}
        told = deepcopy(self.objects[code])
        chosen = {"T": slice(None), "U": slice(0, 1), "P": slice(-1, None)}[wanted]
        return {**told, "eventos": told["eventos"][chosen]}


def _refused(status: int, said: str, asked: Asked) -> Answered:
    body = {"msgs": [said], "date": "2026-11-28T03:00:00", "method": asked.method, "path": asked.path}
    return Answered(status, {**body, "causa": said, "stackTrace": None})
