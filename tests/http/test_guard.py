"""One test for each line of what the agent must check, sent byte by byte."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from raw_client import EXTENSION, Answer, Client, request_bytes, send_bytes

from earmark.store.log import Log

CAPTURE = {"batch": "b", "page": {"url": "https://a.example/"}, "fragments": []}
SECRET = "what nobody else may read"
READS = [
    "/v1/plan",
    "/v1/items",
    "/v1/items/forum/1",
    "/v1/facets",
    "/v1/events",
    "/v1/doctor",
    "/v1/browsers",
    "/v1/sessions",
    "/v1/openapi.json",
]


@pytest.fixture(autouse=True)
async def _nothing_is_stored(agent: Any, stored: Any, log: Log) -> AsyncIterator[None]:
    """A log with one item, which no test here changes and nothing is added to."""
    await stored("1", SECRET)
    before = log.table("items").all()
    yield
    assert agent.intake.batches == []
    assert log.table("items").all() == before


def assert_refused(answer: Answer, status: int, code: str) -> None:
    assert answer.status == status
    assert answer.error == code
    assert answer.header("Access-Control-Allow-Origin") is None
    assert SECRET not in answer.body.decode()


@pytest.mark.parametrize(
    "host",
    [
        "rebind.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.rebind.example",
        "evil.earmark.localhost:{port}",
        "earmark.localhost:{port}:80",
        "LOCALHOST.:{port}",
        "0.0.0.0:{port}",
        "[::]:{port}",
        "",
    ],
)
async def test_a_foreign_host_name_is_refused(browser: Client, host: str) -> None:
    for target in ("/v1/status", "/v1/items", "/v1/nothing", "/"):
        answer = await browser.get(target, Host=host.format(port=browser.port))
        assert answer.status == 403
        assert SECRET not in answer.body.decode()


async def test_a_request_without_host_is_refused(browser: Client) -> None:
    assert (await browser.get("/v1/plan", Host=None)).status == 400


async def test_http_1_0_without_host_is_refused(agent: Any) -> None:
    answer = await send_bytes(agent.port, b"GET /v1/status HTTP/1.0\r\n\r\n")
    assert_refused(answer, 403, "wrong_host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "earmark.localhost"])
async def test_every_name_of_ours_answers(browser: Client, host: str) -> None:
    assert (await browser.get("/v1/plan", Host=f"{host}:{browser.port}")).status == 200


async def test_ipv6_loopback_answers(agent: Any) -> None:
    host = f"[::1]:{agent.port}"
    data = request_bytes("GET", "/v1/status", [("Host", host)])
    assert (await send_bytes(agent.port, data, host="::1")).status == 200


async def test_reading_needs_a_credential(anyone: Client) -> None:
    for target in READS:
        assert_refused(await anyone.get(target), 401, "unauthorized")


@pytest.mark.parametrize(
    "value", ["Bearer nonsense", "Basic YTpi", "Bearer", "Bearer سلام", "bearer \udcff"]
)
async def test_a_wrong_token_is_refused(anyone: Client, value: str) -> None:
    for target in READS:
        assert_refused(await anyone.get(target, Authorization=value), 401, "token_refused")


async def test_unknown_addresses_tell_nothing_to_strangers(anyone: Client) -> None:
    assert_refused(await anyone.get("/v1/nothing"), 401, "unauthorized")


async def test_unknown_addresses_are_named_to_the_paired(browser: Client) -> None:
    assert_refused(await browser.get("/v1/nothing"), 404, "not_found")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
        "application/json; charset=utf-16",
        None,
    ],
)
async def test_a_body_that_is_not_json_is_refused(owner: Client, content_type: str | None) -> None:
    body = json.dumps(CAPTURE).encode()
    for target in ("/v1/captures", "/v1/pair", "/v1/pairing-codes", "/v1/items/lookup"):
        answer = await owner.send("POST", target, body=body, Content_Type=content_type)
        assert_refused(answer, 415, "wrong_content_type")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://page.example",
        "http://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://earmark.localhost",
        "http://earmark.localhost:{port}.evil.example",
        "https://earmark.localhost:{port}",
        "chrome-extension://",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop.evil.example",
        "moz-extension://not-a-uuid!",
        "safari-web-extension://0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44",
    ],
)
async def test_a_foreign_origin_is_refused(browser: Client, origin: str) -> None:
    sent = origin.format(port=browser.port)
    for method, target in [("GET", "/v1/items"), ("POST", "/v1/pair"), ("POST", "/v1/captures")]:
        assert_refused(await browser.send(method, target, Origin=sent), 403, "wrong_origin")


async def test_a_token_works_from_its_own_origin(browser: Client) -> None:
    assert (await browser.get("/v1/plan", Origin=EXTENSION)).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba",
        "moz-extension://0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44",
        "http://earmark.localhost:{port}",
    ],
)
async def test_a_token_works_from_no_other_origin(browser: Client, origin: str) -> None:
    answer = await browser.get("/v1/plan", Origin=origin.format(port=browser.port))
    assert_refused(answer, 401, "token_refused")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "unheard-of", ""])
async def test_what_another_site_caused_is_refused(browser: Client, site: str) -> None:
    for target in ("/v1/items", "/v1/events", "/v1/status"):
        assert_refused(await browser.get(target, Sec_Fetch_Site=site), 403, "cross_site")


@pytest.mark.parametrize("site", ["none", "same-origin", None])
async def test_what_the_extension_sends_passes(browser: Client, site: str | None) -> None:
    assert (await browser.get("/v1/plan", Sec_Fetch_Site=site)).status == 200


def navigation(client: Client) -> Client:
    return client.as_(
        Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document"
    ).as_(Origin=None)


@pytest.mark.parametrize(
    "target", ["/", "/items/forum/1", "/items/x?q=%22%3E%3Cscript%3E", "/v1/items"]
)
async def test_a_link_from_elsewhere_gets_a_page_without_data(inbox: Client, target: str) -> None:
    answer = await navigation(inbox).get(target)
    page = answer.body.decode()
    assert answer.status == 200
    assert "Open in Earmark" in page
    assert SECRET not in page
    assert "<script" not in page


async def test_a_link_from_elsewhere_leads_to_where_it_pointed(inbox: Client) -> None:
    page = (await navigation(inbox).get("/items/x?q=a%20b&c=d")).body.decode()
    assert f'href="http://earmark.localhost:{inbox.port}/items/x?q=a%20b&amp;c=d"' in page


@pytest.mark.parametrize(
    "change",
    [
        {"Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Dest": "empty", "Sec_Fetch_Mode": "no-cors"},
        {"Sec_Fetch_Mode": "cors"},
        {"Sec_Fetch_Mode": None},
    ],
)
async def test_only_a_top_level_navigation_gets_that_page(
    inbox: Client, change: dict[str, str | None]
) -> None:
    answer = await navigation(inbox).get("/v1/plan", **change)
    assert_refused(answer, 403, "cross_site")


async def test_a_posted_form_from_elsewhere_is_refused(inbox: Client, agent: Any) -> None:
    answer = await navigation(inbox).send(
        "POST", "/v1/pairing-codes", body=b"a=b", Origin="null", Content_Type="text/plain"
    )
    assert_refused(answer, 403, "wrong_origin")


@pytest.mark.parametrize("origin", [EXTENSION, "https://page.example"])
async def test_a_preflight_gets_no_permission(anyone: Client, origin: str) -> None:
    asked: dict[str, str | None] = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for target in ("/v1/pair", "/v1/captures", "/v1/status", "/v1/nothing"):
        answer = await anyone.send("OPTIONS", target, **asked)
        assert answer.status in (403, 405)
        assert not [key for key, _ in answer.headers if key.lower().startswith("access-control")]


async def test_the_cookie_opens_the_inbox_name(inbox: Client) -> None:
    assert (await inbox.get("/v1/plan")).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_the_cookie_counts_under_no_other_name(inbox: Client, host: str) -> None:
    answer = await inbox.get("/v1/plan", Host=f"{host}:{inbox.port}")
    assert_refused(answer, 401, "unauthorized")


@pytest.mark.parametrize("origin", [None, EXTENSION])
@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/v1/captures"),
        ("POST", "/v1/pairing-codes"),
        ("PATCH", "/v1/items/forum/1"),
        ("DELETE", "/v1/browsers/x"),
    ],
)
async def test_a_change_by_cookie_needs_the_inbox_origin(
    inbox: Client, origin: str | None, method: str, target: str
) -> None:
    answer = await inbox.send(method, target, {"state": "done"}, Origin=origin)
    assert_refused(answer, 403, "wrong_origin")


async def test_a_change_by_cookie_from_the_inbox_passes(inbox: Client) -> None:
    assert (await inbox.post("/v1/pairing-codes", {})).status == 200


@pytest.mark.parametrize(
    "header",
    [{"Origin": EXTENSION}, {"Sec_Fetch_Site": "none"}, {"Sec_Fetch_Site": "same-origin"}],
)
async def test_no_browser_page_can_use_the_control_secret(
    owner: Client, header: dict[str, str]
) -> None:
    assert_refused(await owner.get("/v1/plan", **header), 401, "token_refused")


@pytest.mark.parametrize(
    ("method", "target"),
    [("POST", "/v1/pairing-codes"), ("GET", "/v1/browsers"), ("GET", "/v1/sessions")],
)
async def test_an_extension_hands_out_no_access(browser: Client, method: str, target: str) -> None:
    assert_refused(await browser.send(method, target), 403, "refused")


@pytest.mark.parametrize(
    "name", ["Host", "Origin", "Authorization", "Sec-Fetch-Site", "Content-Type", "Cookie"]
)
async def test_a_doubled_header_is_refused(browser: Client, name: str) -> None:
    headers = [(key, value) for key, value in browser.headers.items() if value is not None]
    headers += [(name, "x"), (name, "x")]
    answer = await send_bytes(browser.port, request_bytes("GET", "/v1/plan", headers))
    assert answer.status == 400


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/v1/plan", "http://evil.example/v1/plan", "//evil.example/v1/plan", "*"],
)
async def test_a_target_that_is_no_path_is_refused(browser: Client, target: str) -> None:
    assert (await browser.get(target)).status == 400


async def test_pages_live_under_the_inbox_name(anyone: Client) -> None:
    answer = await anyone.get("/items?q=%D8%B3")
    assert answer.status == 307
    assert answer.header("Location") == f"http://earmark.localhost:{anyone.port}/items?q=%D8%B3"


async def test_a_form_is_not_sent_on_to_the_inbox(anyone: Client) -> None:
    assert (await anyone.post("/items/forum/1/state")).status == 401


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_is_refused_before_it_is_unpacked(owner: Client, encoding: str) -> None:
    plain = b" " * (100 * 1024 * 1024)
    bomb = gzip.compress(plain, 1) if encoding == "gzip" else zlib.compress(plain, 1)
    answer = await owner.send(
        "POST", "/v1/pair", body=bomb, Content_Type="application/json", Content_Encoding=encoding
    )
    assert_refused(answer, 413, "too_large")


async def test_a_body_beyond_8_mib_is_refused(owner: Client) -> None:
    body = b" " * (8 * 1024 * 1024 + 1)
    answer = await owner.send("POST", "/v1/pair", body=body, Content_Type="application/json")
    assert_refused(answer, 413, "too_large")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_other_compressions_are_refused(owner: Client, encoding: str) -> None:
    answer = await owner.send(
        "POST",
        "/v1/pair",
        body=b"x" * 50,
        Content_Type="application/json",
        Content_Encoding=encoding,
    )
    assert answer.status in (400, 415)


async def test_a_broken_gzip_body_is_an_error_of_the_sender(owner: Client) -> None:
    answer = await owner.send(
        "POST",
        "/v1/pair",
        body=b"no gzip at all",
        Content_Type="application/json",
        Content_Encoding="gzip",
    )
    assert answer.status == 400


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /v1/status HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET /v1/status HTTP/9.9\r\nHost: x\r\n\r\n",
        b"POST /v1/pair HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 10_000 + b"\r\n\r\n",
    ],
)
async def test_what_is_not_http_gets_one_plain_error(agent: Any, data: bytes) -> None:
    answer = await send_bytes(agent.port, data)
    assert answer.status == 400
    assert answer.error == "not_http"
    assert answer.header("Content-Security-Policy")


async def test_every_answer_carries_the_headers(agent: Any, inbox: Client, anyone: Client) -> None:
    answers = [
        await inbox.get("/v1/plan"),
        await inbox.get("/v1/nothing"),
        await inbox.send("DELETE", "/v1/plan"),
        await inbox.get("/nothing"),
        await anyone.get("/v1/plan"),
        await anyone.get("/items"),
        await anyone.get("/static/base.css"),
        await anyone.get("/static/../app.py"),
        await anyone.get("/v1/status", Host="rebind.example"),
        await navigation(inbox).get("/"),
        await anyone.get("/v1/status", Expect="a-miracle"),
    ]
    assert [each.status for each in answers] == [
        200, 404, 405, 404, 401, 307, 200, 307, 403, 200, 417,
    ]  # fmt: skip
    for answer in answers:
        assert answer.header("Content-Security-Policy") == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert answer.header("X-Content-Type-Options") == "nosniff"
        assert answer.header("Cache-Control") == "no-store"
        assert answer.header("Referrer-Policy") == "no-referrer"
        assert answer.header("Cross-Origin-Resource-Policy") == "same-origin"


async def test_static_files_cannot_be_climbed_out_of(inbox: Client) -> None:
    for target in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"):
        assert (await inbox.get(target)).status in (403, 404)
