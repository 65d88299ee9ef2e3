"""Who may talk to the agent: paired browsers, signed-in inboxes, and how to become one.

Only SHA-256 of a token or session key is stored, so a copy of the log opens nothing. All of
`Credentials` may be called from any thread.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from tinydb import where
from tinydb.table import Table

from ..errors import EarmarkError
from ..model import Json
from .turned_away import TurnedAway

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
LOOK_ALIKES = str.maketrans("ILO", "110")
CODE_LENGTH = 8  # of 32 signs each: 40 random bits
CODE_SECONDS = 120
CODE_TRIES = 5
LINK_SECONDS = 60
LINKS_OUTSTANDING = 20
SESSION_SECONDS = 30 * 24 * 3600
SEEN_EVERY_SECONDS = 60


class NoCode(EarmarkError):
    """Nobody asked for a pairing code, or it is used, void or too old."""

    code = "no_code"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "No pairing code is waiting: it was used, got too old, or none was asked for.",
            "Get a new one with `earmark pair`; it is good for two minutes.",
        )


class WrongCode(EarmarkError):
    """A code is waiting, and this is not it."""

    code = "wrong_code"
    status = 403

    def __init__(self, tries_left: int) -> None:
        super().__init__(
            "This is not the pairing code.",
            f"Check it and try again ({tries_left} tries left)."
            if tries_left
            else "That was the last try. Get a new code with `earmark pair`.",
        )


class LinkSpent(EarmarkError):
    """A sign-in link that was used or is too old."""

    code = "link_spent"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            "This sign-in link was used or is older than a minute.",
            "Run `earmark start` again: it opens the inbox with a new one.",
        )


@dataclass(frozen=True)
class Browser:
    """A paired browser; times are ISO 8601, UTC."""

    id: str
    name: str
    origin: str
    token_hash: str
    paired_at: str
    last_seen: str
    condition: Json | None = None
    """What its extension last said of itself (`POST /v1/condition`)."""
    condition_at: str = ""
    clock_skew: float = 0.0
    """Seconds by which its clock is ahead of ours."""


@dataclass(frozen=True)
class Session:
    """A signed-in inbox; `expires` is in seconds since the epoch, and moves on with each use."""

    id: str
    key_hash: str
    client: str
    created_at: str
    last_seen: str
    expires: float


class Tables(Protocol):
    """The one thing needed of the store: `earmark.store.log.Log` has it."""

    def table(self, name: str) -> Table:
        """A table of documents."""


@dataclass
class _Code:
    digest: str
    expires: float
    tries_left: int = CODE_TRIES


class Credentials:
    """Pairing codes, tokens, sign-in links and sessions of one agent.

    log: where browsers and sessions are kept. clock: seconds since the epoch.
    """

    def __init__(self, log: Tables, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._browser_rows = log.table("browsers")
        self._session_rows = log.table("sessions")
        self._browsers = {row["id"]: Browser(**row) for row in self._browser_rows.all()}
        self._sessions = {row["id"]: Session(**row) for row in self._session_rows.all()}
        self._code: _Code | None = None
        self._links: dict[str, float] = {}
        self.turned_away = TurnedAway(clock)

    # --- pairing

    def new_code(self, port: int) -> str:
        """A pairing code to show; the one shown before is void."""
        random = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        with self._lock:
            self._code = _Code(_digest(random), self._clock() + CODE_SECONDS)
        return f"{port}-{random[:4]}-{random[4:]}"

    def pair(self, code: str, browser: str, origin: str, name: str = "") -> str:
        """The token of a newly paired browser; raises NoCode or WrongCode.

        browser: the UUID it made up. origin: of its extension, empty for a program.
        """
        with self._lock:
            self._use_code(code)
            token = secrets.token_urlsafe(32)
            now = self._now()
            paired = Browser(str(uuid.UUID(browser)), name, origin, _digest(token), now, now)
            self._browser_rows.upsert(asdict(paired), where("id") == paired.id)
            self._browsers[paired.id] = paired
        self.turned_away.forget(origin)
        return token

    def _use_code(self, given: str) -> None:
        code = self._code
        if code is None or code.expires <= self._clock():
            self._code = None
            raise NoCode
        if not hmac.compare_digest(code.digest, _digest(_as_typed(given))):
            code.tries_left -= 1
            if not code.tries_left:
                self._code = None
            raise WrongCode(code.tries_left)
        self._code = None

    def browser_with(self, token: str) -> Browser | None:
        """The browser this token was given to."""
        digest = _digest(token)
        found = [each for each in self.browsers() if _same(each.token_hash, digest)]
        return found[0] if found else None

    def proof(self, browser: str, nonce: str, port: int) -> str | None:
        """What only the agent that paired `browser` can say to `nonce`; None for a stranger."""
        known = self._browsers.get(browser)
        if known is None:
            return None
        key = bytes.fromhex(known.token_hash)
        return hmac.new(key, f"{nonce}{port}".encode(), hashlib.sha256).hexdigest()

    def reported(self, browser: str, condition: Json) -> None:
        """Keep what an extension says of itself, unless it was revoked meanwhile.

        condition: as `POST /v1/condition` takes it; its `sent_at` tells how the clocks differ.
        """
        now = self._clock()
        told: dict[str, Any] = {
            "condition": condition,
            "condition_at": self._now(),
            "clock_skew": round(datetime.fromisoformat(condition["sent_at"]).timestamp() - now, 1),
        }
        with self._lock:
            if browser in self._browsers:
                self._browsers[browser] = replace(self._browsers[browser], **told)
                self._browser_rows.update(told, where("id") == browser)

    # --- signing in

    def new_link(self) -> str:
        """The secret of a sign-in link, good once within a minute."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old_links()
            while len(self._links) >= LINKS_OUTSTANDING:
                del self._links[next(iter(self._links))]
            self._links[_digest(secret)] = self._clock() + LINK_SECONDS
        return secret

    def link_is_good(self, secret: str) -> bool:
        """Whether the link could be consumed now; looking does not consume it."""
        with self._lock:
            self._forget_old_links()
            digest = _digest(secret)
            return any(_same(each, digest) for each in self._links)

    def sign_in(self, secret: str, client: str = "") -> str:
        """The key of a new session for the link's secret; raises LinkSpent.

        client: what the browser calls itself, for the list of sessions.
        """
        with self._lock:
            if not self.link_is_good(secret):
                raise LinkSpent
            del self._links[_digest(secret)]
            self._forget_old_sessions()
            key = secrets.token_urlsafe(32)
            now = self._now()
            expires = self._clock() + SESSION_SECONDS
            session = Session(str(uuid.uuid4()), _digest(key), client, now, now, expires)
            self._session_rows.insert(asdict(session))
            self._sessions[session.id] = session
        return key

    def session_with(self, key: str) -> Session | None:
        """The live session this cookie belongs to."""
        digest = _digest(key)
        found = [each for each in self.sessions() if _same(each.key_hash, digest)]
        return found[0] if found else None

    def _forget_old_links(self) -> None:
        now = self._clock()
        self._links = {link: until for link, until in self._links.items() if until > now}

    def _forget_old_sessions(self) -> None:
        live = {session.id for session in self.sessions()}
        for old in self._sessions.keys() - live:
            self.sign_out(old)

    # --- listing and revoking

    def browsers(self) -> list[Browser]:
        """The paired browsers."""
        with self._lock:
            return list(self._browsers.values())

    def sessions(self) -> list[Session]:
        """The sessions that have not expired."""
        now = self._clock()
        with self._lock:
            return [session for session in self._sessions.values() if session.expires > now]

    def unpair(self, browser: str) -> bool:
        """Revoke a browser's token; False where there is none."""
        with self._lock:
            self._browser_rows.remove(where("id") == browser)
            return self._browsers.pop(browser, None) is not None

    def sign_out(self, session: str) -> bool:
        """Revoke a session; False where there is none."""
        with self._lock:
            self._session_rows.remove(where("id") == session)
            return self._sessions.pop(session, None) is not None

    def is_due(self, holder: Browser | Session) -> bool:
        """Whether `holder` was last noted as seen so long ago that `seen` should be called."""
        last = datetime.fromisoformat(holder.last_seen).timestamp()
        return self._clock() - last >= SEEN_EVERY_SECONDS

    def seen(self, holder: Browser | Session) -> None:
        """Note that a browser or session was here now, unless it was revoked meanwhile.

        A session lasts from its last use, so that the inbox stays open for who looks in now and
        then.
        """
        now = self._now()
        with self._lock:
            if isinstance(holder, Browser) and holder.id in self._browsers:
                self._browsers[holder.id] = replace(self._browsers[holder.id], last_seen=now)
                self._browser_rows.update({"last_seen": now}, where("id") == holder.id)
            elif isinstance(holder, Session) and holder.id in self._sessions:
                until = self._clock() + SESSION_SECONDS
                used: dict[str, Any] = {"last_seen": now, "expires": until}
                self._sessions[holder.id] = replace(self._sessions[holder.id], **used)
                self._session_rows.update(used, where("id") == holder.id)

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).isoformat().replace("+00:00", "Z")


def listed(holder: Browser | Session) -> Json:
    """A browser or session as it may be shown: without its hash, and only with what is known."""
    shown: dict[str, Any] = asdict(holder)
    if isinstance(holder, Browser) and holder.condition is None:
        del shown["condition"], shown["condition_at"], shown["clock_skew"]
    return {key: value for key, value in shown.items() if not key.endswith("_hash")}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)


def _as_typed(code: str) -> str:
    """The random part of a code as people type it: any case, O for 0, with or without port."""
    signs = re.sub(r"[^0-9A-Z]", "", code.upper())
    return signs.translate(LOOK_ALIKES)[-CODE_LENGTH:]
