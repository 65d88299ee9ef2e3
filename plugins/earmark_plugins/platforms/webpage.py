"""Every other site: what a page marks up for machines, and else what is built like comments.

Reads schema.org (JSON-LD, microdata, RDFa) and microformats (h-entry, h-cite, h-review, hReview).
Built from **real** pages (2012 to 2021: Facebook's JSON-LD, Yelp, Travanto, Chefkoch, Drupal) and
the **documented** formats. extruct reads JSON-LD and microdata in about a millisecond a fragment;
mf2py takes ten times that, so it is asked only about microformats. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4 import Tag

from earmark import Fragment, Item, Page, Platform, hookimpl

from .structured import json_ld, microformats, remarks, schema_org
from .structured.microdata import microdata_node, rdfa_node

MICRODATA = [f'[itemtype$="/{name}"]' for name in schema_org.KINDS]
ASKED = [f'[itemtype$="/{name}"]' for name in sorted(schema_org.NEEDS_AUTHOR)]
RDFA = [f'[typeof~="{prefix}{name}"]' for name in ("Comment", "Review")
        for prefix in ("", "schema:", "sioct:", "v:")]  # fmt: skip
MICROFORMATS = [".h-entry", ".h-cite", ".h-review", ".hreview"]


class WebPage(Platform):
    """The page's own article is no item; without comments or reviews nothing is found."""

    name, label = "webpage", "Any other site"
    matches = ["*://*/*"]
    items = [*MICRODATA, *RDFA, *MICROFORMATS]
    context = ['script[type="application/ld+json"]']
    fallback = ["body"]

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        root = fragment.soup.select_one(fragment.selector)
        if root is None:
            return
        if fragment.selector in self.fallback:
            yield from remarks.items_in(root, page)
            return
        if fragment.kind == "context":
            yield from json_ld.items_in(root.get_text(), page)
            return
        item = _read(fragment, root, page)
        if item:
            item.id = item.id or remarks.element_id(root, page)
            remarks.complete(item, root)
            yield item
            if fragment.selector in ASKED:
                yield from remarks.items_under(item, root, page)


def _read(fragment: Fragment, root: Tag, page: Page) -> Item | None:
    if fragment.selector in MICROFORMATS:
        return microformats.item_of(fragment.soup, root, page)
    if fragment.selector in RDFA:
        return schema_org.item_of(rdfa_node(root), page)
    node = microdata_node(fragment.markup, root, page.url)
    return schema_org.item_of(node, page) if node else None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(WebPage)
