"""From a fresh home to the first capture, as a person walks it; each step is one of theirs.

The words of the steps are those of the README, which a test compares. What a driver cannot do is
left out and said: the file chooser of the operating system, by which the folder or package is
chosen; the browser's own question whether a site may be read (`Browser.allow_grants`); and the
button in the toolbar, whose popup is opened in a tab.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent_process import AgentProcess
from chromium import ChromiumTab
from driver import Tab
from firefox import FirefoxTab
from fixture_site import Site
from ordinary_browsers import Ordinary
from ordinary_chromium import OrdinaryChromium
from ordinary_firefox import OrdinaryFirefox
from patience import press, see

from earmark.extension.unpacked import Place
from earmark.settings import Home

THREAD = "https://news.ycombinator.com/item?id=41900100"
PAGE = Path(__file__).parents[1] / "pages" / "hackernews.html"
CHOSEN = "news.ycombinator.com"
PATTERNS = [f"*://{CHOSEN}/*", f"*://*.{CHOSEN}/*", f"https://{CHOSEN}/*", f"https://*.{CHOSEN}/*"]
SAVE = ".setup-save button"
Camera = Callable[[str, Tab], None]


def no_camera(name: str, tab: Tab) -> None:
    """Nobody takes pictures."""


class Walk(ABC):
    """`steps` are the words of the steps taken so far."""

    def __init__(
        self, browser: Ordinary, home: Path, site: Site, picture: Camera = no_camera
    ) -> None:
        self.browser = browser
        self.home = home
        self.site = site
        self.picture = picture
        self.steps: list[str] = []
        self.inbox: ChromiumTab | FirefoxTab
        self.agent = AgentProcess(home)
        site.pages["news.ycombinator.com/item"] = PAGE.read_text(encoding="utf-8")

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """What a person does at once, with one intention."""
        yield
        self.steps.append(words)

    def walk(self) -> None:
        """All of it; the agent runs until `end`."""
        self.arrive()
        self.bring_in_the_extension()
        self.choose()
        self.allow()
        self.hear()

    def arrive(self) -> None:
        with self.step("In the folder of this repository, run `make run`."):
            self.agent.start()
            link = self._sign_in_link()
            self.inbox = self.browser.open(link)  # which `make run` does by itself
        with self.step("In the page that opens, press *Open the inbox*."):
            press(self.inbox, "form button")
        with self.step("Press *Set Earmark up*."):
            press(self.inbox, ".empty-next a.primary")
        with self.step("Read what Earmark hears and what not, and press *Understood*."):
            press(self.inbox, ".setup-main form button")
        with self.step("Press *Get the folder ready*."):
            press(self.inbox, "form[action='/setup/extension'] button")
            see(self.inbox, "#setup-live .waits")

    def _sign_in_link(self) -> str:
        """As `earmark start` prints it where it may open no browser."""
        assert self.agent.process is not None
        assert self.agent.process.stdout is not None
        for line in self.agent.process.stdout:
            if found := re.search(r"http://\S+/sign-in/\S+", line):
                return found[0]
        raise AssertionError("`earmark start` printed no link")

    def come_back(self) -> None:
        """To the setup page, from whatever came in front of it."""
        self.inbox.activate()

    @property
    def place(self) -> Place:
        return Place(Home(self.home).path)

    @abstractmethod
    def bring_in_the_extension(self) -> None:
        """From the folder to a browser that is connected."""

    def choose(self) -> None:
        with self.step("Press *Choose sites* in the list of steps."):
            press(self.inbox, ".setup-steps a[href='/setup/sites']")
        with self.step("Tick your sites and press *Save and go on*."):
            press(self.inbox, f"input[value='{CHOSEN}']")
            self.picture("sites", self.inbox)
            press(self.inbox, "form[action='/setup/sites'] " + SAVE)
        with self.step("Say who you are, or leave it empty, and press *Save and go on*."):
            press(self.inbox, "form[action='/setup/us'] " + SAVE)
        with self.step("Choose what to keep and press *Save and go on*."):
            press(self.inbox, "form[action='/setup/keep'] " + SAVE)

    def allow(self) -> None:
        see(self.inbox, "[data-page='/setup/allow']")
        words = "Press the Earmark button in the toolbar, then *Allow the chosen sites*, and agree."
        with self.step(words):
            for pattern in PATTERNS:
                self.browser.allow_grants(pattern)
            popup = self.browser.popup(self.browser.desk.evaluate(THIS_TAB))
            see(popup, "[data-fix=chosen]")
            self.picture("allow", popup)
            popup.click("[data-fix=chosen]")
            self.come_back()
            see(self.inbox, "#setup-live .good-line")
            popup.close()

    def hear(self) -> None:
        """The first capture: of made-up comments, then of a real page."""
        with self.step("Press *Try the sample page*, then *Open the sample page*: it is heard."):
            press(self.inbox, ".setup-steps a[href='/setup/sample']")
            press(self.inbox, "a[href='/sample'].big")
            self.come_back()
            see(self.inbox, "#setup-live .good")
        with self.step("Open a thread on one of your sites: its comments are in your inbox."):
            self.browser.open(THREAD)
            self.come_back()
            press(self.inbox, ".setup-steps a[href='/setup/first']")
            see(self.inbox, "#setup-live .first-item")
            self.picture("heard", self.inbox)

    def end(self) -> None:
        self.agent.stop()


THIS_TAB = "(globalThis.browser ?? chrome).tabs.getCurrent().then((tab) => tab.id)"


class ChromiumWalk(Walk):
    """With an extension that is loaded unpacked and pairs by the code in its folder."""

    browser: OrdinaryChromium

    def bring_in_the_extension(self) -> None:
        self.picture("folder", self.inbox)
        with self.step("Open `chrome://extensions` (in Edge `edge://extensions`)."):
            extensions = self.browser.open("chrome://extensions/")
        with self.step("Switch *Developer mode* on."):
            extensions.evaluate(DEVELOPER_MODE)
        with self.step("Press *Load unpacked* and choose the folder that the setup page names."):
            self.browser.load_unpacked(self.place.extension)
            self.come_back()
            see(self.inbox, "#setup-live .good")
            self.picture("loaded", extensions)
        extensions.close()


# The page is made of nested components; its switch is pressed as a finger would.
DEVELOPER_MODE = """(async () => {
  const bar = document.querySelector("extensions-manager").shadowRoot.querySelector("#toolbar");
  const toggle = bar.shadowRoot.querySelector("#devMode");
  if (!toggle.checked) toggle.click();
  return toggle.updateComplete;
})()"""


class FirefoxWalk(Walk):
    """With the unsigned package, in an edition of Firefox that lets its owner decide."""

    browser: OrdinaryFirefox

    def bring_in_the_extension(self) -> None:
        with self.step(
            "In Firefox ESR or Developer Edition, open `about:config`, accept the warning, and "
            "switch `xpinstall.signatures.required` to *false*."
        ):
            self.browser.allow_unsigned()
        with self.step(
            "Open `about:addons`, press the gear, choose *Install Add-on From File…* and the file "
            "that the setup page names, and agree."
        ):
            self.browser.install(self.place)
            self.come_back()
        with self.step(
            "On the setup page press *Connect it with a code*, then *Show a pairing code*."
        ):
            press(self.inbox, ".setup-choice a[href='/setup/pair']")
            press(self.inbox, "form[action='/setup/pair'] button")
            see(self.inbox, ".code output")
        with self.step("Type the code into the settings that Earmark opened, and press *Connect*."):
            assert any(address.endswith("?welcome") for address in self.browser.addresses())
            settings = self.browser.options()
            see(settings, "body[data-ready] #code")
            settings.type("#code", self.inbox.text(".code output"))
            settings.click("#pair")
            self.come_back()
            see(self.inbox, "#setup-live .good")
            settings.close()


def walk_in(
    browser: Ordinary, home: Path, site: Site, picture: Camera = no_camera
) -> ChromiumWalk | FirefoxWalk:
    """The walk that this browser asks for."""
    kind = ChromiumWalk if isinstance(browser, OrdinaryChromium) else FirefoxWalk
    return kind(browser, home, site, picture)
