"""schemathesis over the OpenAPI document: whatever is sent, no call is answered with 500."""

import json
import os
import socket
import urllib.request

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import just

from tests.serving import a_desk

pytestmark = pytest.mark.slow
# of each operation, of which there are many: by hand
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "0"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with a_desk(tmp_path_factory.mktemp("schema"), workspace="shop") as running:
        yield running


@pytest.fixture(scope="module")
def document(desk):
    return json.load(urllib.request.urlopen(desk.url + "/api/v1/openapi.json"))


@pytest.mark.timeout(900)
@pytest.mark.skipif(not EXAMPLES, reason="fuzzing is done by hand: SCHEMATHESIS_EXAMPLES=3")
def test_no_call_breaks_the_server(desk, document):
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=desk.url)
    statuses: dict[str, set[int]] = {}

    def check(case, name: str) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {desk.token}"}, timeout=30)
        statuses.setdefault(name, set()).add(answer.status_code)
        assert answer.status_code < 500, (case.as_curl_command(), answer.text[:500])
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"], case.as_curl_command()

    limits = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:
        limits(given(case=operation.as_strategy(), name=just(operation.label))(check))()
    assert set(statuses) == {operation.label for operation in operations}
    assert any({200, 201} & seen for seen in statuses.values())


@pytest.mark.parametrize("path", ["/login?é", "/api/v1/conversations?q=ＡＢＸ", "/widget.js?é", "/live?é"])
def test_letters_sent_as_they_are_break_nothing(desk, path):
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        status = int(line.makefile("rb").readline().split()[1])
    assert status < 500
