"""Threads: posts and replies on threads.com and threads.net, and the same as responses.

Built from **documented** structure: `data-pressable-container`, posts' addresses and `time` as
public readers select them (2025 and 2026), and the fields of `thread_items` in their sources. The
page does not say what a post answers; in a response a thread's items answer each other in turn.
"""

from collections.abc import Iterator

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, attribute, found_in, said_here, text_of

from .threads_json import SITE, posts_in

HOSTS = ("www.threads.com", "threads.com", "www.threads.net", "threads.net")
PAGES = ("@*/post/*", "@*", "search*", "activity*", "tag/*", "")
POST = 'div[data-pressable-container]:has(a[href*="/post/"])'
CODE = r"/post/([\w-]+)"
# What the signs beside the counts are called, in the languages people start with.
LIKES = {"like", "unlike", "beğen", "beğenmekten vazgeç", "پسندیدن", "لایک", "apreciază"}
REPLIES = {"reply", "comment", "yanıtla", "yorum yap", "پاسخ", "پاسخ دادن", "răspunde"}
SHARES = {"repost", "yeniden paylaş", "yeniden gönder", "بازنشر", "repostează"}


class Threads(Platform):
    """Posts go by the short code in their address, the same on both hosts."""

    name, label = "threads", "Threads"
    matches = [f"https://{host}/{page}" for host in HOSTS for page in PAGES]
    items = [POST]
    empty = ["#barcelona-page-layout form[method=post]", 'input[autocomplete="username"]']
    responses = [
        f"https://www.threads.{end}/{path}*"
        for end in ("com", "net")
        for path in ("api/graphql", "graphql/query")
    ]
    level = "documented"
    built_from = "selectors and response fields of public readers, 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        here = found_in(CODE, page.url)
        if fragment.kind == "response":
            yield from posts_in(fragment.json, here)
        elif area := fragment.soup.div:
            yield from _post(area, here)


def _post(area: Element, here: str | None) -> Items:
    time = area.find("time")
    link = time.find_parent("a") if isinstance(time, Element) else None
    address = attribute(link, "href")
    code, handle = found_in(CODE, address), found_in(r"/@([\w.]+)", address)
    if code is None or handle is None:
        return
    counts = dict(_counts(area))
    texts = (span for span in area.find_all("span", dir="auto") if _is_text(span, handle))
    yield Item(
        id=code,
        kind="comment" if here and here != code else "post",
        **said_here(next(texts, None)),
        author=Author(handle=handle, url=f"{SITE}/@{handle}"),
        published=attribute(area.time, "datetime"),
        url=f"{SITE}/@{handle}/post/{code}",
        likes=next((n for word, n in counts.items() if word in LIKES), None),
        replies=next((n for word, n in counts.items() if word in REPLIES), None),
        shares=next((n for word, n in counts.items() if word in SHARES), None),
        media=[str(picture.img["src"]) for picture in area.find_all("picture") if picture.img],
    )


def _is_text(span: Element, handle: str) -> bool:
    """Whether it is neither the name, the time, nor on a link or a button."""
    if span.find_parent("a") or span.find_parent(attrs={"role": "button"}) or span.find("time"):
        return False
    return text_of(span) not in ("", handle)


def _counts(area: Element) -> Iterator[tuple[str, str]]:
    """What each sign with a number beside it is called, and the number as shown."""
    for button in area.find_all(attrs={"role": "button"}):
        sign = attribute(button.svg, "aria-label") or ""
        shown = button.get_text(" ", strip=True).removeprefix(sign).strip()
        if sign and shown:
            yield sign.casefold(), shown


register_platforms = registering(Threads)
