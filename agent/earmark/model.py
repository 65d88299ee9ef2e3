"""What travels through Earmark: pages, fragments and the items read from them.

Field meanings are those of `docs/plugins.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, NamedTuple

from bs4 import BeautifulSoup

from .trees import tree_of

Json = dict[str, Any]
ItemKind = Literal["post", "comment", "reply", "review", "message", "poll", "quote", "note"]
FragmentKind = Literal["element", "context", "response", "selection"]
Audience = Literal["public", "members", "group", "private", "unknown"]
State = Literal["new", "open", "waiting", "done", "snoozed", "ignored"]

ITEM_KINDS: tuple[ItemKind, ...] = (
    "post", "comment", "reply", "review", "message", "poll", "quote", "note",
)  # fmt: skip
FRAGMENT_KINDS: tuple[FragmentKind, ...] = ("element", "context", "response", "selection")
AUDIENCES: tuple[Audience, ...] = ("public", "members", "group", "private", "unknown")
STATES: tuple[State, ...] = ("new", "open", "waiting", "done", "snoozed", "ignored")


def known_fields(cls: type, data: Json) -> Json:
    """The entries of `data` that `cls` has a field for, so that newer senders are understood."""
    names = {f.name for f in fields(cls)}
    return {key: value for key, value in data.items() if key in names}


@dataclass(slots=True)
class Page:
    """The page a fragment was seen on; `url` and `top_url` come from the browser.

    `utc_offset` is in minutes east of UTC at `captured_at` (ISO 8601, UTC). `markers` names the
    platforms whose marker the page carries. `visit` is one load of the page in one tab. `context`
    holds the context fragments that came together, for `Platform.expected`.
    """

    url: str
    visit: str = ""
    top_url: str = ""
    title: str = ""
    lang: str = ""
    ui_languages: list[str] = field(default_factory=list)
    time_zone: str = ""
    utc_offset: int | None = None
    translated: bool = False
    markers: list[str] = field(default_factory=list)
    plan: str = ""
    captured_at: str = ""
    context: list[Fragment] = field(default_factory=list, repr=False)

    @classmethod
    def from_json(cls, data: Json) -> Page:
        """A page as received; unknown keys are ignored."""
        return cls(**known_fields(cls, {k: v for k, v in data.items() if k != "context"}))


@dataclass
class Fragment:
    """One piece of a page, as the browser cut it out.

    `ref` is stable for one element during one visit; `parent_ref` is the enclosing (or, by
    outline, the preceding shallower) element. Nested matches are cut out of `markup`, each
    leaving `<earmark-cut ref="…"></earmark-cut>`. `ancestors` holds opening tags, nearest first.
    """

    id: str
    ref: str = ""
    kind: FragmentKind = "element"
    selector: str = ""
    url: str = ""
    markup: str = ""
    json: Any = None
    ancestors: list[str] = field(default_factory=list)
    parent_ref: str = ""
    order: int | None = None
    outline: float | None = None
    seen: bool = True
    complete: bool = True
    captured_at: str = ""

    @classmethod
    def from_json(cls, data: Json) -> Fragment:
        """A fragment as received; unknown keys are ignored."""
        return cls(**known_fields(cls, data))

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The markup, parsed; what lies in open shadow roots stands where it is shown."""
        return tree_of(self.markup)


@dataclass(slots=True)
class Author:
    """Who said it, as the platform shows it; nothing here is ever guessed."""

    id: str | None = None
    handle: str | None = None
    name: str | None = None
    url: str | None = None
    followers: int | str | None = None


@dataclass(slots=True)
class Rating:
    """Stars and the like: `value` out of `best`."""

    value: float
    best: float | None = None


@dataclass(slots=True)
class PollOption:
    """One answer offered; `share` is 0 to 1."""

    label: str
    share: float | None = None
    votes: int | str | None = None


@dataclass(slots=True)
class Poll:
    """A poll at the moment it was seen."""

    options: list[PollOption]
    votes: int | str | None = None
    closes: str | None = None


@dataclass(slots=True)
class Item:
    """What a platform plugin yields: one thing somebody said.

    `id` is the platform's own id; without one the core derives a key. `published` is what the
    page says, machine-readable or as people write it ("3 gün önce"); the core resolves it.
    Counts may be given as shown ("1,2 B"). `text` is plain text, as `text_of` returns it. Where one
    fragment holds many items, `place` names each wherever it moves in there, and `within` is the
    `place` of the one it answers; neither is printed.
    """

    id: str | None = None
    text: str = ""
    kind: ItemKind = "comment"
    author: Author | None = None
    published: datetime | str | None = None
    edited: bool = False
    url: str | None = None
    root_id: str | None = None
    parent_id: str | None = None
    depth: int | None = None
    aliases: list[str] = field(default_factory=list)
    audience: Audience = "unknown"
    truncated: bool = False
    likes: int | str | None = None
    dislikes: int | str | None = None
    replies: int | str | None = None
    shares: int | str | None = None
    views: int | str | None = None
    rating: Rating | None = None
    poll: Poll | None = None
    mentions: list[str] = field(default_factory=list)
    hashtags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    place: str | None = None
    within: str | None = None


@dataclass(slots=True)
class Tag:
    """A name put on an item, with who put it there (`by`) and the reason (`because`).

    `spans` are the places in the item's text, from one character up to before another, of the
    words that it rests on; `besides` is what else it rests on, in words. With them a person can
    say that a word does not mean the tag.
    """

    name: str
    by: str = ""
    because: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    besides: str = ""


@dataclass(slots=True)
class Emotion:
    """One feeling by its name, `because` of the words that tell it."""

    name: Literal["anger", "disappointment", "worry", "thanks", "admiration"]
    because: str = ""


@dataclass(slots=True)
class Sentiment:
    """A judgement of feeling; `score` is -1 to 1, `because` the words that decided.

    `words` are the same for programs: words of the text as written, and what each weighs, above 0
    where it praises.
    """

    label: Literal["positive", "negative", "mixed", "none", "unknown"]
    score: float = 0.0
    because: str = ""
    emotions: list[Emotion] = field(default_factory=list)
    words: dict[str, float] = field(default_factory=dict)


class WordFeeling(NamedTuple):
    """What a person says that a word, a phrase or an emoji feels like, from -3 to 3; 0 is nothing.

    `language` is the one of the texts it is said of, empty for any. A phrase ending in * also
    stands for its longer forms; one that `is_sign`, an emoji or the like, for itself as written.
    """

    phrase: str
    strength: float
    language: str = ""
    is_sign: bool = False
