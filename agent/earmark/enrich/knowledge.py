"""What people entered and corrected, as one file that workers read.

The name of the file carries the hash of its content, so what was read of a path stays true for as
long as the path is asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from ..errors import EarmarkError
from ..model import Json
from .corrections import Corrections
from .mentions import with_accounts
from .ours import Accounts
from .rules import Rules
from .watch import Watch

PRIVATE = 0o600


class KnowledgeGone(EarmarkError):
    """The file was replaced by a newer one before it was read: ask again with that one."""

    code = "knowledge_gone"
    status = 503

    def __init__(self) -> None:
        super().__init__("What was entered was changed meanwhile.", "Ask again.")


@dataclass(frozen=True)
class Knowledge:
    """Lists of JSON objects, each as its own file in `keeping/` describes it.

    What is made of them for a whole batch is made once, when it is first asked for.
    """

    accounts: Sequence[Json] = ()
    terms: Sequence[Json] = ()
    rules: Sequence[Json] = ()
    corrections: Sequence[Json] = ()

    @cached_property
    def own_accounts(self) -> Accounts:
        """Tells who of those who write is the person."""
        return Accounts(self.accounts)

    @cached_property
    def watch(self) -> Watch:
        """Finds watch terms."""
        return Watch(with_accounts(self.terms, self.accounts))

    @cached_property
    def ruling(self) -> Rules:
        """Says which rules hold for an item."""
        return Rules(self.rules)

    @cached_property
    def corrected(self) -> Corrections:
        """Knows what people corrected."""
        return Corrections(self.corrections)

    def take_parts_of(self, before: Knowledge) -> None:
        """Take over what was made of parts that are as they were: a correction does not have
        thousands of terms read again."""
        for made, parts in _MADE_OF.items():
            same = all(getattr(self, part) == getattr(before, part) for part in parts)
            if same and made in vars(before):
                vars(self)[made] = vars(before)[made]


_MADE_OF = {
    "own_accounts": ("accounts",),
    "watch": ("terms", "accounts"),
    "ruling": ("rules",),
    "corrected": ("corrections",),
}
_read: dict[str, Knowledge] = {}  # what was read last, by its path


def write_knowledge(folder: Path, knowledge: Knowledge) -> str:
    """Write what is known to `folder`, private to the user; the path, empty where nothing is.

    Files of before are deleted: a worker that is late gets KnowledgeGone.
    """
    if not any(asdict(knowledge).values()):
        return ""
    text = json.dumps(asdict(knowledge), ensure_ascii=True, separators=(",", ":"))
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"
    if not path.exists():
        _write_whole(path, text)
    for other in folder.glob("*.json"):
        if other != path:
            other.unlink(missing_ok=True)
    return str(path)


def _write_whole(path: Path, text: str) -> None:
    """Under its name the file is there whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
        file.write(text)
    part.replace(path)


def knowledge_at(path: str) -> Knowledge:
    """What the file says, read once; nothing is known where the path is empty."""
    known = _read.get(path)
    if known is None:
        known = _read_from(path)
        for before in list(_read.values()):
            known.take_parts_of(before)
        _read.clear()
        _read[path] = known
    return known


def _read_from(path: str) -> Knowledge:
    if not path:
        return Knowledge()
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KnowledgeGone from error
    return Knowledge(**json.loads(text))
