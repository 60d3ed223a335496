"""A small DNS server for tests: it knows what it is told, on a free UDP port of this machine."""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

Zone = Mapping[tuple[str, str], Sequence[str]]


def _answer(wire: bytes, zone: Zone) -> bytes:
    asked = dns.message.from_wire(wire)
    reply = dns.message.make_response(asked)
    reply.flags |= dns.flags.RA
    question = asked.question[0]
    name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
    if rows := zone.get((name, kind)):
        reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *rows))
    elif not any(known == name for known, _kind in zone):
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire()


@contextmanager
def name_server(zone: Zone) -> Iterator[dns.resolver.Resolver]:
    """Serve a zone {(name, kind): [values]} and give a resolver that asks it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        door.settimeout(0.2)
        end = threading.Event()

        def serve() -> None:
            while not end.is_set():
                try:
                    wire, caller = door.recvfrom(4096)
                except TimeoutError:
                    continue
                door.sendto(_answer(wire, zone), caller)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port, resolver.lifetime = ["127.0.0.1"], door.getsockname()[1], 2.0
        try:
            yield resolver
        finally:
            end.set()
            thread.join(timeout=2)
