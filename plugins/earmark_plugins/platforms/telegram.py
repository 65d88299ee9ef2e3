"""Telegram: public channel pages and embeds on t.me, and chats in the two web apps.

Built from **real** pages of t.me (2023). The web apps (`/k/` and `/a/`) are **documented**: their
public readers' selectors (2025 and 2026). Stable hooks: `data-post`, `time[datetime]`, `data-mid`,
`data-timestamp`, `data-message-id`. Reactions, not on the page of 2023, are **documented** too;
those in `/a/` are not read: their classes have no names.
"""

from earmark import Fragment, Items, Page, Platform, registering

from .telegram_apps import message_in_a, message_in_k
from .telegram_web import post_on_the_web

ON_THE_WEB = ".tgme_widget_message[data-post]"
IN_K, IN_A = ".bubble[data-mid]", ".Message[data-message-id]"


class Telegram(Platform):
    """What is on t.me everybody can read; all that the web apps show counts as messages."""

    name, label = "telegram", "Telegram"
    matches = ["https://t.me/s/*", "https://t.me/*/*", "https://telegram.me/s/*",
               "https://web.telegram.org/*"]  # fmt: skip
    items = [ON_THE_WEB, IN_K, IN_A]
    empty = [
        ".tgme_widget_message_error",
        ".tgme_channel_history:not(:has(*))",
        "#auth-pages",
        "#auth-qr-form",
    ]
    messages = ["https://web.telegram.org/*"]
    level = "real"
    built_from = "t.me of 2023; the web apps as public readers have them"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        area = fragment.soup.div
        if area is None:
            return
        if fragment.selector == ON_THE_WEB:
            yield post_on_the_web(area)
        elif fragment.selector == IN_K:
            yield message_in_k(area)
        else:
            yield message_in_a(area, page)


register_platforms = registering(Telegram)
