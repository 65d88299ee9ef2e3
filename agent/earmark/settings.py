"""The home folder: where the log lives, who may write it, and how to find the running agent.

One process writes at a time. It holds an operating-system lock on a file in the home, which the
system lets go of however the process ends. `agent.json` beside it tells commands how to reach
the agent that holds the lock; without a held lock that file is an old one and counts for nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from .errors import EarmarkError

DEFAULT_PORT = 47650
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
OTHERS = 0o077
# A command that only looks whether the lock is held has it for an instant; that is no owner.
LOCK_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class RunningAgent:
    """How to reach the agent that holds the home; `store` is the path of its database."""

    pid: int
    port: int
    control_secret: str
    store: str = ""

    @property
    def url(self) -> str:
        """Where its HTTP interface answers; never ends in a slash."""
        return f"http://127.0.0.1:{self.port}"


class AlreadyRunning(EarmarkError):
    """The home is held by another process; `agent` says how to reach it, None while it starts."""

    code = "already_running"
    status = 409

    def __init__(self, home: Path, owner: str, agent: RunningAgent | None) -> None:
        stop = f"Stop process {agent.pid}" if agent else "Stop it"
        super().__init__(
            f"{owner} is using {home}.",
            f"{stop} first (Ctrl-C where it runs), or use another folder with --home.",
        )
        self.agent = agent


class Home:
    """The folder of one log: its database, its lock and the address of its running agent.

    path: the folder; by default `$EARMARK_HOME`, else the user-data folder.
    store: path or `sqlite:///` URL of the database where it is kept elsewhere; by default
        `$EARMARK_STORE`, else `log.sqlite3` in the folder.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, store: str = "") -> None:
        chosen = path or os.environ.get("EARMARK_HOME")
        default = platformdirs.user_data_path("earmark", appauthor=False)
        self.path = Path(chosen or default).expanduser().absolute()
        store = store or os.environ.get("EARMARK_STORE", "")
        self.database = _database_path(store) if store else self.path / "log.sqlite3"

    @property
    def lock_file(self) -> Path:
        """Held by whoever may write; its text says who that is."""
        return self.path / "agent.lock"

    @property
    def agent_file(self) -> Path:
        """Address and control secret of the running agent."""
        return self.path / "agent.json"

    @property
    def stopped_file(self) -> Path:
        """Why the agent last ended by an error, or could not start; gone while it runs."""
        return self.path / "stopped.json"

    @property
    def logs_folder(self) -> Path:
        """What the agent notes about its own running, never what was captured."""
        return self.path / "logs"

    @property
    def extension_folder(self) -> Path:
        """The unpacked browser extension: the same place after every upgrade."""
        return self.path / "extension"

    @property
    def plugins_file(self) -> Path:
        """Which plugins the person switched on or off."""
        return self.path / "plugins.json"

    @property
    def cases_folder(self) -> Path:
        """Pages recorded as cases, with nobody in them: `<platform>/<case>`."""
        return self.path / "cases"

    def prepare(self) -> None:
        """Make the folder, private to the user; EarmarkError where that cannot be had."""
        try:
            self.path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise EarmarkError(
                f"The home folder {self.path} cannot be made: {error.strerror}.",
                "Choose another one with --home or EARMARK_HOME.",
            ) from error
        if self.not_private():
            self._make_private()

    def not_private(self) -> list[Path]:
        """What other users of this computer could read: the folder and files of ours in it."""
        if os.name == "nt" or not self.path.is_dir():
            return []
        ours = [self.path, self.lock_file, self.agent_file, self.stopped_file, self.logs_folder]
        ours += [Path(f"{self.database}{end}") for end in ("", "-wal", "-shm")]
        return [path for path in ours if path.exists() and path.stat().st_mode & OTHERS]

    def _make_private(self) -> None:
        strangers = not self.lock_file.exists() and any(self.path.iterdir())
        if self.path in self.not_private() and strangers:
            raise EarmarkError(
                f"Others on this computer can read {self.path}, and it holds other files.",
                "Choose an empty folder for Earmark, or make this one private: "
                f"chmod 700 {self.path}",
            )
        for path in self.not_private():
            with _explained(path):
                path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)

    @contextlib.contextmanager
    def lock(self, owner: str = "The agent") -> Iterator[None]:
        """Be the only writer; AlreadyRunning names the other where there is one.

        owner: how a refused command calls this process ("The agent", "earmark restore").
        """
        self.prepare()
        descriptor = _open_private(self.lock_file)
        try:
            if not _acquire(descriptor, LOCK_PATIENCE_SECONDS):
                raise AlreadyRunning(self.path, self.owner(), self.running())
            self.agent_file.unlink(missing_ok=True)
            _rewrite(descriptor, json.dumps({"pid": os.getpid(), "owner": owner}))
            try:
                yield
            finally:
                self.agent_file.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def announce(self, port: int, control_secret: str) -> RunningAgent:
        """Tell commands that the agent answers on `port`; call it once it does, with the lock."""
        agent = RunningAgent(os.getpid(), port, control_secret, str(self.database))
        write_private(self.agent_file, json.dumps(asdict(agent)))
        return agent

    def running(self) -> RunningAgent | None:
        """The agent that holds this home, None where none does or it is not ready yet."""
        if not self.is_held():
            return None
        try:
            agent = RunningAgent(**json.loads(self.agent_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return agent if agent.pid == self._holder().get("pid") else None

    def is_held(self) -> bool:
        """Whether some process holds the lock now."""
        if not self.lock_file.exists():
            return False
        descriptor = _open_private(self.lock_file)
        try:
            return not _acquire(descriptor, 0)
        finally:
            os.close(descriptor)

    def _holder(self) -> dict[str, object]:
        try:
            holder = json.loads(self.lock_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return holder if isinstance(holder, dict) else {}

    def owner(self) -> str:
        """What the process that holds the home calls itself, with its number."""
        holder = self._holder()
        return f"{holder.get('owner', 'Another program')} (process {holder.get('pid', 'unknown')})"


def new_secret() -> str:
    """A control secret: 256 random bits, safe in a header."""
    return secrets.token_urlsafe(32)


def write_private(path: Path, text: str) -> None:
    """Put `text` in a 0600 file in one step: a reader sees the old file or the whole new one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    draft.replace(path)


def _open_private(path: Path) -> int:
    with _explained(path):
        return os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EarmarkError(
            f"{path} cannot be used: {error.strerror}.",
            "The home folder must belong to you and be writable; see --home.",
        ) from error


def _rewrite(descriptor: int, text: str) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode("utf-8"))


def _database_path(store: str) -> Path:
    """The file that `--store` means; EarmarkError for engines that are not there."""
    if "://" not in store:
        return Path(store).expanduser().absolute()
    # Imported here because it takes longer than all the rest of a small command.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(store)
    except ArgumentError as error:
        raise EarmarkError(
            f"{store} is not a database address.", "Give a path, or sqlite:///path/of/log.sqlite3."
        ) from error
    if url.get_backend_name() != "sqlite":
        raise EarmarkError(
            f"Earmark cannot keep its log in {url.get_backend_name()} yet.",
            "Leave --store out, or give a path or sqlite:///path/of/log.sqlite3.",
        )
    if not url.database or url.database == ":memory:":
        raise EarmarkError(
            "A log in memory would be lost at the end.",
            "Give a path: sqlite:////home/me/log.sqlite3.",
        )
    return Path(url.database).expanduser().absolute()


if sys.platform == "win32":
    import msvcrt

    # Locked bytes cannot be read on Windows, and the text of the file must stay readable.
    LOCKED_BYTE = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        # flock, not lockf: closing another descriptor of the file must not drop our lock.
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _acquire(descriptor: int, patience: float) -> bool:
    """Lock the open file; waits `patience` seconds at most."""
    deadline = time.monotonic() + patience
    while not _try_lock(descriptor):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.02)
    return True
