"""What a test wants to see between the extension and an agent, or in place of one.

A real agent answers as it must; these tests need one that refuses, lies or goes away at will,
and that remembers every request.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from typing import Any

from aiohttp import web
from fixture_site import ServerThread

CODE = "AB12CD34"
TOKEN = "token-of-the-test"

PLAN: dict[str, Any] = {
    "plan": "plan-1",
    "api": 1,
    "platforms": [
        {
            "name": "forum",
            "label": "Forum",
            "matches": ["https://forum.example.org/*", "https://frame.example.org/*"],
            "markers": [],
            "items": [".comment"],
            "context": [".topic"],
            "responses": [],
            "outline": None,
        },
        {
            "name": "webpage",
            "label": "Any page",
            "matches": ["*://*/*"],
            "markers": [],
            "items": [".h-entry"],
            "context": [],
            "responses": [],
            "outline": None,
        },
    ],
}


class StandIn(ServerThread):
    """`requests`: dicts of method, path, headers, body. `answer(fragment)`: one result."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], dict[str, Any]] = stored
        self.plan = PLAN
        self.token = TOKEN
        self.proof_key = TOKEN  # none: this browser is not known
        self.refuse_batches_with = ""
        self.right_code = ""  # any, unless set
        self.knows_conditions = True
        self.newest = ""  # version of the extension
        self.start = ""  # the command that starts this agent
        self.policy: dict[str, Any] = {}
        self.accepted: list[str] = []
        # By path, the answer or what makes it of a body; none is an agent too old to know it.
        self.answers: dict[str, Any] = dict.fromkeys(
            (
                "/v1/page-reports",
                "/v1/page-health",
                "/v1/verifications",
                "/v1/page-choices",
                "/v1/cases",
            )
        )
        self._news = threading.Condition()
        self.port = self.serve(self._respond)

    @property
    def code(self) -> str:
        return f"{self.port}-{CODE[:4]}-{CODE[4:]}"

    def down(self) -> None:
        self.stop_serving()

    def up(self) -> None:
        self.serve(self._respond, self.port)

    @property
    def batches(self) -> list[dict[str, Any]]:
        return [r["body"] for r in self.requests if r["path"] == "/v1/captures"]

    def bodies(self, path: str) -> list[Any]:
        return [r["body"] for r in self.requests if r["path"] == path]

    @property
    def conditions(self) -> list[dict[str, Any]]:
        return [r["body"] for r in self.requests if r["path"] == "/v1/condition"]

    def wait_for_condition(self, holds: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """The first condition told for which `holds` is true."""
        found: dict[str, Any] = self.wait(
            lambda: next((each for each in self.conditions if holds(each)), None), 30
        )
        return found

    @property
    def fragments(self) -> list[dict[str, Any]]:
        return [fragment for batch in self.batches for fragment in batch["fragments"]]

    def wait(self, condition: Callable[[], Any], seconds: float = 15) -> Any:
        """Wait for requests until `condition()` is true; its value."""
        with self._news:
            reached = self._news.wait_for(condition, seconds)
        assert reached, f"not reached; got {[r['path'] for r in self.requests]}"
        return reached

    def wait_for_fragments(self, count: int, seconds: float = 15) -> list[dict[str, Any]]:
        self.wait(lambda: len(self.fragments) >= count, seconds)
        return self.fragments

    async def _respond(self, request: web.Request) -> web.Response:
        text = await request.text()
        body = json.loads(text) if text else None
        seen = {"method": request.method, "path": request.path, "headers": request.headers}
        response = self._route(request, body)
        with self._news:
            self.requests.append({**seen, "body": body, "text": text})
            self._news.notify_all()
        return response

    def _route(self, request: web.Request, body: Any) -> web.Response:
        if request.path == "/v1/status":
            return web.json_response(self._status(request))
        if request.path == "/v1/pair":
            if self.right_code not in ("", body["code"]):
                return web.json_response({"error": {"code": "no", "message": "No."}}, status=403)
            self.proof_key = self.token
            return web.json_response({"token": self.token})
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({"error": {"code": "no", "message": "No."}}, status=401)
        if request.path == "/v1/plan":
            return self._current_plan(request)
        if request.path == "/v1/condition" and not self.knows_conditions:
            return web.json_response({"error": {"code": "no", "message": "No."}}, status=404)
        if request.path == "/v1/condition":
            says = {"extension": self.newest, "policy": self.policy, "start": self.start}
            return web.json_response(says)
        if request.path in self.answers:
            told = self.answers[request.path]
            answer = told(body) if callable(told) else told
            return web.json_response(answer) if answer else web.Response(status=404)
        if self.refuse_batches_with and self.refuse_batches_with in json.dumps(body["fragments"]):
            return web.json_response({"error": {"code": "bad", "message": "Bad."}}, status=400)
        self.accepted += [fragment["id"] for fragment in body["fragments"]]
        return web.json_response({"results": [self.answer(f) for f in body["fragments"]]})

    def _current_plan(self, request: web.Request) -> web.Response:
        etag = hashlib.sha256(json.dumps(self.plan).encode()).hexdigest()
        if request.headers.get("If-None-Match") == f'"{etag}"':
            return web.Response(status=304, headers={"ETag": f'"{etag}"'})
        return web.json_response(self.plan, headers={"ETag": f'"{etag}"'})

    def _status(self, request: web.Request) -> dict[str, Any]:
        status: dict[str, Any] = {"product": "earmark", "api": 1, "ready": True, "hint": ""}
        if "nonce" in request.query and self.proof_key:
            key = hashlib.sha256(self.proof_key.encode()).digest()
            message = f"{request.query['nonce']}{self.port}".encode()
            status["proof"] = hmac.new(key, message, "sha256").hexdigest()
        return status


def stored(fragment: dict[str, Any]) -> dict[str, Any]:
    item = {"platform": "forum", "id": fragment["ref"], "change": "new"}
    return {"fragment": fragment["id"], "status": "stored", "items": [item]}


def refused(fragment: dict[str, Any]) -> dict[str, Any]:
    return {"fragment": fragment["id"], "status": "refused", "items": [], "error": "Too large."}
