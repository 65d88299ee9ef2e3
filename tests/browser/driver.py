"""What both browsers can do for a test; `chromium.py` and `firefox.py` say how.

One test body serves both: every value crosses as JSON.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

PATIENCE = 60.0
# Those of the manifest cannot be given up.
GIVE_UP_GRANTS = """api.permissions.getAll().then(async ({ origins }) => {
  const kept = api.runtime.getManifest().host_permissions ?? [];
  const granted = origins.filter((origin) => !kept.includes(origin));
  return granted.length ? api.permissions.remove({ origins: granted }) : true;
})"""


class Tab(ABC):
    """One page in a browser."""

    @abstractmethod
    def goto(self, url: str) -> None: ...

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """A real click, which counts as a person's; made again where the page moved under it."""

    @abstractmethod
    def click_at(self, selector: str) -> None:
        """The same at the place of an element, whatever lies over it."""

    @abstractmethod
    def press(self, key: str) -> None:
        """A real key, as Escape."""

    @abstractmethod
    def activate(self) -> None:
        """Come back to it: what stands behind another tab is hidden."""

    @abstractmethod
    def close(self) -> None: ...

    def wait(self, expression: str, seconds: float = PATIENCE) -> Any:
        """The first true value of an expression; it is asked for until then."""
        value = self.evaluate(until(expression, seconds))
        assert value, f"never true: {expression}; the page says: {self.said()}"
        return value

    def said(self) -> str:
        """The beginning of what can be read on it."""
        return str(self.evaluate("document.body?.innerText.slice(0, 1000) ?? ''"))

    def click_when_there(self, selector: str) -> None:
        self.wait(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")
        self.click(selector)

    def text(self, selector: str) -> str:
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText"))

    def type(self, selector: str, text: str) -> None:
        """Fill a field in."""
        self.evaluate(
            f"((field) => {{ field.value = {json.dumps(text)};"
            " field.dispatchEvent(new Event('input', {bubbles: true})); })"
            f"(document.querySelector({json.dumps(selector)}))"
        )


class Browser(ABC):
    """A browser with the extension loaded and every host name answered by the fixture site."""

    name: str
    base: str  # of the extension's own pages
    desk: Tab  # one of its pages, kept open to ask things through

    @abstractmethod
    def new_tab(self) -> Tab: ...

    @abstractmethod
    def addresses(self) -> list[str]:
        """What the open tabs show."""

    @abstractmethod
    def stop_background(self) -> None:
        """Kill the background; the next event starts a new one."""

    @abstractmethod
    def restart(self) -> None:
        """Close and start again with the same profile."""

    @abstractmethod
    def screenshot(self, tab: Tab, path: Path, width: int, height: int) -> None: ...

    @abstractmethod
    def allow_grants(self, pattern: str) -> None:
        """Let the next `permissions.request` for `pattern` be allowed without a dialog."""

    @abstractmethod
    def choose_menu_item(self, item: str, tab_id: int, text: str) -> None:
        """As if a person chose it in the context menu over the selected `text`."""

    @abstractmethod
    def close_tabs(self) -> None:
        """All that are open, by whomever they were opened, but the desk."""

    @abstractmethod
    def close(self) -> None: ...

    def open(self, url: str) -> Tab:
        tab = self.new_tab()
        tab.goto(url)
        return tab

    def page(self, path: str) -> Tab:
        """A page of the extension in a tab of its own."""
        return self.open(f"{self.base}/{path}")

    def options(self) -> Tab:
        return self.page("pages/options.html")

    def popup(self, tab_id: int) -> Tab:
        return self.page(f"pages/popup.html?tab={tab_id}")

    def ask(self, expression: str) -> Any:
        """An expression in the extension's own world (`api` is its browser object)."""
        return self.desk.evaluate(f"((api) => ({expression}))(globalThis.browser ?? chrome)")

    def tab_id(self, url: str) -> int:
        """The browser's number for the tab that shows `url`, of a site it may see."""
        return int(self.ask(f"api.tabs.query({{url: {json.dumps(url)}}}).then(([t]) => t.id)"))

    def send(self, **message: Any) -> Any:
        """A message to the background, as its own pages send it."""
        return self.ask(f"api.runtime.sendMessage({json.dumps(message)})")

    def pair(self, code: str) -> None:
        """Pair, and wait until the plan is there."""
        answer = self.send(type="pair", code=code)
        assert not (answer or {}).get("error"), answer
        storage = "(globalThis.browser ?? chrome).storage.local"
        self.desk.wait(f"{storage}.get('plan').then((found) => Boolean(found.plan?.plan))")

    def grant(self, pattern: str) -> None:
        """Grant a site as a person does: by the options page."""
        self.allow_grants(pattern)
        options = self.options()
        options.wait("document.body.dataset.ready")
        options.type("#site", pattern)
        options.click("#add-site")
        options.wait(
            f"[...document.querySelectorAll('#sites [data-origin]')]"
            f".some(e => e.dataset.origin === {json.dumps(pattern)})"
        )

    def outbox(self) -> dict[str, int]:
        """`{fragments, bytes, dropped}`."""
        return dict(self.ask("import('/background/outbox.js').then((m) => m.outbox.totals())"))

    def wait_for_outbox(self, fragments: int) -> None:
        end = time.monotonic() + PATIENCE
        while self.outbox()["fragments"] != fragments:
            assert time.monotonic() < end, f"outbox: {self.outbox()}"

    def reset(self) -> None:
        """As if freshly installed, but for the sites that it came with."""
        self.close_tabs()
        self.ask(GIVE_UP_GRANTS)
        self.send(type="unpair")
        self.ask("Promise.all([api.storage.local.clear(), api.storage.session.clear()])")
        self.ask("import('/background/outbox.js').then((m) => m.outbox.clear())")


def until(expression: str, seconds: float) -> str:
    """JavaScript that resolves to the first true value of `expression`, or to null."""
    return f"""(async () => {{
      const end = performance.now() + {seconds * 1000};
      for (;;) {{
        const value = await ({expression});
        if (value || performance.now() > end) return value || null;
        await new Promise((done) => setTimeout(done, 20));
      }}
    }})()"""
