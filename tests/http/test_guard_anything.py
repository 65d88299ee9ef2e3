"""Whatever the headers say, data goes to nobody without a credential that counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_client import BROWSER, EXTENSION, Client, request_bytes, send_bytes

DATA = ["/v1/plan", "/v1/captures", "/v1/browsers", "/v1/openapi.json", "/v1/pairing-codes"]
HEADER_TEXT = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60)
HOSTS = st.sampled_from(["127.0.0.1:{port}", "earmark.localhost:{port}", "localhost", "a.example"])
ORIGINS = st.sampled_from([EXTENSION, "null", "http://earmark.localhost:{port}", "https://a.b"])
SITES = st.sampled_from(["none", "same-origin", "same-site", "cross-site"])
NAMES = ["Authorization", "Cookie", "X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "Referer"]


def some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy | HEADER_TEXT


FUZZED = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "TRACE"]),
    target=st.sampled_from(DATA) | st.text(max_size=30).map(lambda text: "/" + quote(text)),
    host=some(HOSTS),
    origin=some(ORIGINS),
    site=some(SITES),
    others=st.dictionaries(st.sampled_from(NAMES), HEADER_TEXT, max_size=3),
    body=st.binary(max_size=20),
)
@FUZZED
async def test_no_headers_stand_in_for_a_credential(
    agent: Any,
    method: str,
    target: str,
    host: str | None,
    origin: str | None,
    site: str | None,
    others: dict[str, str],
    body: bytes,
) -> None:
    named = {"Host": host, "Origin": origin, "Sec-Fetch-Site": site, **others}
    headers = [
        (name, value.replace("{port}", str(agent.port)))
        for name, value in named.items()
        if value is not None
    ]
    data = request_bytes(method, target, headers, body)
    answer = await send_bytes(agent.port, data, without_body=method == "HEAD")
    assert answer.status in (307, *range(400, 418))
    assert answer.header("Content-Security-Policy")
    assert answer.header("Access-Control-Allow-Origin") is None
    assert agent.intake.batches == []
    assert agent.credentials.browsers() == []


@given(host=HEADER_TEXT, origin=HEADER_TEXT, site=HEADER_TEXT)
@FUZZED
async def test_a_token_opens_nothing_from_elsewhere(
    agent: Any, host: str, origin: str, site: str
) -> None:
    token = agent.credentials.pair(agent.credentials.new_code(1), BROWSER, EXTENSION)
    client = Client(agent.port, Authorization=f"Bearer {token}")
    for header in ({"Host": host}, {"Origin": origin}, {"Sec-Fetch-Site": site + "x"}):
        assert (await client.send("GET", "/v1/plan", **header)).status >= 400


@given(data=st.binary(max_size=200))
@FUZZED
async def test_any_bytes_at_all_leave_the_agent_answering(agent: Any, data: bytes) -> None:
    await send_bytes(agent.port, data + b"\r\n\r\n", or_nothing=True)
    client = Client(agent.port)
    assert (await client.get("/v1/status")).status == 200
