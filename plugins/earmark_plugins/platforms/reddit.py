"""Reddit: old.reddit.com (also served elsewhere to those who chose it) and the present site.

Stable hooks are the attributes of `.thing` and of `shreddit-` elements.
"""

import re

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import attribute, enclosing, found_in, landmarks, outermost

from .reddit_thing import GONE, PERMALINK, entry

# A page that starts at the top of the thread: a single comment's page does not.
WHOLE = re.compile(r"/comments/\w+(?:/[^/]*)?/?(?:[?#]|$)")


class Reddit(Platform):
    """Ids are fullnames (`t3_` a link, `t1_` a comment), the same on every Reddit host."""

    name, label = "reddit", "Reddit"
    matches = ["https://*.reddit.com/r/*/comments/*", "https://*.reddit.com/user/*/comments/*"]
    items = [".thing.comment[data-fullname]", "shreddit-comment[thingid]"]
    context = [".thing.link", "shreddit-post"]
    empty = [
        'shreddit-post[comment-count="0"]', '.thing.link[data-comments-count="0"]',
        ".commentarea #noresults", ".interstitial",
    ]  # fmt: skip
    level = "documented"
    built_from = "public parsers' tests, 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        marks = landmarks(fragment.soup)
        thing = marks.get(".thing") or outermost(fragment)
        if thing is None:
            return
        item = entry(thing, marks)
        link = found_in(r"/comments/(\w+)", attribute(thing, *PERMALINK))
        root = f"t3_{link}" if link else None
        if fragment.kind == "context":
            item.kind, item.id = "post", item.id or root
        else:
            item.root_id = root or attribute(thing, "postid")
            around = enclosing(fragment, r'(?:data-fullname|thingid)="(t1_\w+)"')
            on_top = item.root_id if WHOLE.search(page.url) else None
            item.parent_id = attribute(thing, "parentid") or around or on_top
        if (item.text or item.media) and item.text not in GONE and item.id:
            yield item


register_platforms = registering(Reddit)
