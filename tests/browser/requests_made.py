"""Every request a browser makes, with who made it: as the browser itself records them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ordinary_browsers import Ordinary
from ordinary_firefox import OrdinaryFirefox

# In Firefox's own process, through which every request of every tab and extension goes.
WATCH = """((window) => {
  window.requestsMade = [];
  window.requestWatch = {
    observe(subject) {
      const channel = subject.QueryInterface(Ci.nsIHttpChannel);
      const by = channel.loadInfo.triggeringPrincipal;
      window.requestsMade.push([by.isSystemPrincipal ? "" : by.originNoSuffix, channel.URI.spec]);
    },
  };
  Services.obs.addObserver(window.requestWatch, "http-on-modify-request");
  return true;
})(globalThis)"""


@dataclass(frozen=True)
class Request:
    """`initiator`: the origin of the page or extension that made it; empty for the browser."""

    initiator: str
    url: str


class RequestsMade:
    """Start the browser with `flags`, call `begin`; `end` closes it and tells."""

    def __init__(self, folder: Path) -> None:
        self._net_log = folder / "net-log.json"
        self.flags = [f"--log-net-log={self._net_log}"]

    def begin(self, browser: Ordinary) -> None:
        """From here on at the latest all is recorded."""
        if isinstance(browser, OrdinaryFirefox):
            assert browser.in_window(WATCH)

    def end(self, browser: Ordinary) -> list[Request]:
        """What was asked for, in order."""
        if isinstance(browser, OrdinaryFirefox):
            made = browser.in_window("globalThis.requestsMade")
            browser.close()
            return [Request(by, url) for by, url in made]
        browser.close()
        return in_net_log(json.loads(self._net_log.read_text(encoding="utf-8")))


def in_net_log(log: dict[str, Any]) -> list[Request]:
    """The requests in Chromium's record; `initiator` there is an origin or "not an origin"."""
    start = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    params = [each.get("params", {}) for each in log["events"] if each["type"] == start]
    return [
        Request(each["initiator"] if "://" in each["initiator"] else "", each["url"])
        for each in params
        if "url" in each
    ]
