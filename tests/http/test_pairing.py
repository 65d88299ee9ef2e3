"""Pairing a browser, and proving to it who answers on the port."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_client import BROWSER, EXTENSION, Client
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from earmark.web.credentials import Credentials, NoCode, WrongCode

OTHER = "moz-extension://0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44"


@pytest.fixture
def extension(agent: Any) -> Client:
    """An extension that is not paired yet."""
    return Client(agent.port, Origin=EXTENSION).as_(Sec_Fetch_Site="none")


def pairing(code: str, browser: str = BROWSER) -> dict[str, str]:
    return {"code": code, "browser": browser, "name": "Firefox"}


async def new_code(owner: Client) -> str:
    answer = await owner.post("/v1/pairing-codes", {})
    assert answer.json["expires_in"] == 120
    return str(answer.json["code"])


async def test_a_code_is_exchanged_for_a_token(owner: Client, extension: Client) -> None:
    code = await new_code(owner)
    answer = await extension.post("/v1/pair", pairing(code))
    assert answer.status == 200
    token = answer.json["token"]
    paired = extension.as_(Authorization=f"Bearer {token}")
    assert (await paired.get("/v1/plan")).status == 200


async def test_a_code_names_the_port_and_has_forty_random_bits(owner: Client) -> None:
    code = await new_code(owner)
    assert re.fullmatch(rf"{owner.port}(-[0-9A-HJKMNP-TV-Z]{{4}}){{2}}", code)
    assert code != await new_code(owner)


async def test_without_a_code_nobody_pairs(extension: Client) -> None:
    answer = await extension.post("/v1/pair", pairing("47650-AAAA-AAAA"))
    assert (answer.status, answer.error) == (409, "no_code")


async def test_a_code_works_once(owner: Client, extension: Client) -> None:
    code = await new_code(owner)
    assert (await extension.post("/v1/pair", pairing(code))).status == 200
    assert (await extension.post("/v1/pair", pairing(code))).status == 409


async def test_a_code_lasts_two_minutes(owner: Client, extension: Client, clock: Any) -> None:
    code = await new_code(owner)
    clock.pass_(121)
    assert (await extension.post("/v1/pair", pairing(code))).status == 409


async def test_a_newer_code_voids_the_older(owner: Client, extension: Client) -> None:
    older = await new_code(owner)
    newer = await new_code(owner)
    assert (await extension.post("/v1/pair", pairing(older))).status == 403
    assert (await extension.post("/v1/pair", pairing(newer))).status == 200


async def test_five_wrong_tries_void_a_code(owner: Client, extension: Client) -> None:
    code = await new_code(owner)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    statuses = [(await extension.post("/v1/pair", pairing(wrong))).status for _ in range(5)]
    assert statuses == [403] * 5
    assert (await extension.post("/v1/pair", pairing(code))).status == 409


async def test_a_page_can_not_even_try_a_code(owner: Client, extension: Client) -> None:
    code = await new_code(owner)
    for origin in ("https://page.example", "null", f"http://earmark.localhost:{owner.port}"):
        answer = await extension.post("/v1/pair", pairing(code), Origin=origin)
        assert answer.status == 403
    assert (await extension.post("/v1/pair", pairing(code))).status == 200


async def test_a_program_without_origin_may_pair(owner: Client, anyone: Client) -> None:
    answer = await anyone.post("/v1/pair", pairing(await new_code(owner)))
    paired = anyone.as_(Authorization=f"Bearer {answer.json['token']}")
    assert (await paired.get("/v1/plan")).status == 200
    assert (await paired.get("/v1/plan", Origin=EXTENSION)).status == 401


async def test_a_token_is_bound_to_the_origin_that_paired(owner: Client, extension: Client) -> None:
    answer = await extension.post("/v1/pair", pairing(await new_code(owner)))
    thief = extension.as_(Authorization=f"Bearer {answer.json['token']}", Origin=OTHER)
    assert (await thief.get("/v1/plan")).status == 401


async def test_pairing_again_replaces_the_token(
    owner: Client, extension: Client, browser: Client
) -> None:
    await extension.post("/v1/pair", pairing(await new_code(owner)))
    assert (await browser.get("/v1/plan")).status == 401
    assert len((await owner.get("/v1/browsers")).json["browsers"]) == 1


async def test_a_revoked_browser_is_out_at_once(owner: Client, browser: Client) -> None:
    assert (await owner.send("DELETE", f"/v1/browsers/{BROWSER}")).status == 200
    assert (await browser.get("/v1/plan")).status == 401
    assert (await owner.send("DELETE", f"/v1/browsers/{BROWSER}")).status == 404


async def test_paired_browsers_are_listed_without_secrets(
    owner: Client, browser: Client, token: str
) -> None:
    answer = await owner.get("/v1/browsers")
    (listed,) = answer.json["browsers"]
    assert listed.keys() == {"id", "name", "origin", "paired_at", "last_seen"}
    assert token not in answer.body.decode()


async def test_being_seen_is_noted(owner: Client, browser: Client, clock: Any) -> None:
    before = (await owner.get("/v1/browsers")).json["browsers"][0]["last_seen"]
    clock.pass_(600)
    await browser.get("/v1/plan")
    assert (await owner.get("/v1/browsers")).json["browsers"][0]["last_seen"] > before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"code": "x"},
        {"code": "x", "browser": "not a uuid"},
        {"code": 1, "browser": BROWSER},
        {"code": "x" * 101, "browser": BROWSER},
        {"code": None, "browser": BROWSER},
        [],
    ],
)
async def test_a_malformed_pairing_names_the_field(
    owner: Client, extension: Client, body: Any
) -> None:
    code = await new_code(owner)
    answer = await extension.post("/v1/pair", body)
    assert (answer.status, answer.error) == (400, "malformed")
    assert (await extension.post("/v1/pair", pairing(code))).status == 200


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b'{"code": NaN}', b"[" * 100_000, b"9" * 5000, b"", b'"\xed\xa0\x80"'],
)
async def test_what_is_not_json_is_told_so(extension: Client, body: bytes) -> None:
    answer = await extension.send("POST", "/v1/pair", body=body, Content_Type="application/json")
    assert answer.status == 400
    assert answer.error in ("not_json", "malformed")


# --- the proof


def expected_proof(token: str, nonce: str, port: int) -> str:
    key = hashlib.sha256(token.encode()).digest()
    return hmac.new(key, f"{nonce}{port}".encode(), hashlib.sha256).hexdigest()


async def test_the_agent_proves_itself_to_a_paired_browser(anyone: Client, token: str) -> None:
    answer = await anyone.get(f"/v1/status?nonce=n%C3%A9%20once&browser={BROWSER}")
    assert answer.json["proof"] == expected_proof(token, "né once", anyone.port)


async def test_there_is_no_proof_for_a_stranger(anyone: Client, token: str) -> None:
    stranger = BROWSER.replace("0", "1")
    known = f"browser={BROWSER}"
    for query in (f"nonce=n&browser={stranger}", "nonce=n", known, f"nonce=&{known}"):
        assert "proof" not in (await anyone.get(f"/v1/status?{query}")).json


async def test_a_long_nonce_is_refused(anyone: Client, token: str) -> None:
    answer = await anyone.get(f"/v1/status?nonce={'n' * 201}&browser={BROWSER}")
    assert answer.status == 400


async def test_status_tells_the_next_step_and_nothing_else(
    anyone: Client, owner: Client, extension: Client
) -> None:
    before = (await anyone.get("/v1/status")).json
    assert before.keys() == {"product", "api", "ready", "hint"}
    assert (before["product"], before["api"], before["ready"]) == ("earmark", 1, True)
    assert "earmark pair" in before["hint"]
    await extension.post("/v1/pair", pairing(await new_code(owner)))
    assert "Ready" in (await anyone.get("/v1/status")).json["hint"]


# --- what is kept


def test_tokens_and_keys_are_not_in_the_log() -> None:
    log = TinyDB(storage=MemoryStorage)
    credentials = Credentials(log)
    token = credentials.pair(credentials.new_code(1), BROWSER, EXTENSION)
    key = credentials.sign_in(credentials.new_link())
    kept = json.dumps([log.table("browsers").all(), log.table("sessions").all()])
    assert token not in kept
    assert key not in kept


def test_browsers_and_sessions_survive_a_restart() -> None:
    log = TinyDB(storage=MemoryStorage)
    before = Credentials(log)
    token = before.pair(before.new_code(1), BROWSER, EXTENSION)
    key = before.sign_in(before.new_link())
    after = Credentials(log)
    assert after.browser_with(token) is not None
    assert after.session_with(key) is not None
    after.unpair(BROWSER)
    assert Credentials(log).browser_with(token) is None


def test_codes_and_links_do_not_survive_a_restart() -> None:
    log = TinyDB(storage=MemoryStorage)
    before = Credentials(log)
    code, link = before.new_code(1), before.new_link()
    after = Credentials(log)
    assert not after.link_is_good(link)
    with pytest.raises(NoCode):
        after.pair(code, BROWSER, EXTENSION)


LOOK_ALIKES = {"0": "0oO", "1": "1iIlL"}


@given(
    blurs=st.lists(st.integers(0, 59), min_size=8, max_size=8),
    separator=st.sampled_from(["-", " ", "", " – "]),
    prefix=st.sampled_from(["", "47650", "47650 - "]),
)
def test_a_code_may_be_typed_loosely(blurs: list[int], separator: str, prefix: str) -> None:
    credentials = Credentials(TinyDB(storage=MemoryStorage))
    _, first, second = credentials.new_code(47650).split("-")
    spellings = [LOOK_ALIKES.get(sign, sign + sign.lower()) for sign in first + second]
    typed = [each[blur % len(each)] for each, blur in zip(spellings, blurs, strict=True)]
    code = prefix + "".join(typed[:4]) + separator + "".join(typed[4:])
    assert credentials.pair(code, BROWSER, EXTENSION)


@given(typed=st.text(max_size=40))
def test_whatever_else_is_typed_is_the_wrong_code(typed: str) -> None:
    credentials = Credentials(TinyDB(storage=MemoryStorage))
    credentials.new_code(47650)
    with pytest.raises(WrongCode):
        credentials.pair(typed, BROWSER, EXTENSION)
