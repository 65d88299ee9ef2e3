"""Every message of `earmark doctor`: what is so, and where it is wrong, what to do about it.

Codes are stable, for programs. Words are translated in web/locales/*/LC_MESSAGES/doctor.po; what
stands between backticks is typed as it is and stays untranslated.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """The words of one code. check: what was looked at. Without a fix nothing is wrong."""

    check: str
    message: str
    fix: str = ""


def N_(message: str) -> str:
    """Marks a message for translation where it is named but not yet shown."""
    return message


ADD_ANEW = N_("Run `earmark extension`: it leads you through it, step by step.")
START = N_(
    "Start it: `earmark start`. To have it start with your computer: `earmark service install`."
)
OPEN_THAT_BROWSER = N_(
    "Open that browser and click Earmark's icon. If there is none, run `earmark extension`. If you "
    "no longer use this browser, remove it on the inbox's page Browsers."
)
ANOTHER_PORT = N_(
    "End that program, then run `earmark start`. Or use another port, `earmark start --port "
    "47651`, "
    "and pair your browsers again."
)
UPDATE_THE_EXTENSION = N_(
    "Run `earmark extension`, then open the browser's page of extensions and press the reload "
    "button of Earmark."
)
PAIR_AGAIN = N_(
    "In that browser, click Earmark's icon, then Settings, and type the code that `earmark pair` "
    "shows. If Earmark is not meant to listen there, remove the extension from that browser."
)
ASK_YOUR_IT = N_(
    "Show this to whoever looks after your computer; what a policy may say stands in "
    "docs/organisations.md."
)

SITE_CHANGED = N_(
    "The site has probably changed: look for a newer Earmark or plugin. Until then, “Capture this "
    "page now” and “Save selection to Earmark” still work there."
)

LOOK_YOURSELF = N_(
    "Look in the inbox whether a few comments from there are right. If they are not, look for a "
    "newer Earmark or plugin. All that came is kept and can be read again; “Save selection to "
    "Earmark” still works there."
)

MESSAGES: dict[str, Message] = {
    # --- the home folder and its disk
    "home_missing": Message(
        "home",
        N_("There is no home folder yet at %(path)s."),
        N_("Run `earmark start`: it makes one."),
    ),
    "home_not_private": Message(
        "home", N_("Others on this computer can read %(path)s."), N_("Run: `%(command)s`")
    ),
    "home_private": Message("home", N_("%(path)s is yours alone.")),
    "disk_low": Message(
        "disk",
        N_("The disk is nearly full: %(megabytes)s MB are free where the log is kept."),
        N_("Delete or move away files that you no longer need, until some gigabytes are free."),
    ),
    "disk_roomy": Message("disk", N_("%(megabytes)s MB are free where the log is kept.")),
    # --- the agent
    "agent_running": Message("agent", N_("Earmark is running (process %(pid)s, port %(port)s).")),
    "agent_not_running": Message("agent", N_("Earmark is not running."), START),
    "agent_starting": Message(
        "agent",
        N_("Earmark is just starting."),
        N_("Wait a minute, then run `earmark doctor` again."),
    ),
    "agent_unreachable": Message(
        "agent",
        N_("Earmark runs (process %(pid)s), but does not answer on port %(port)s: %(reason)s"),
        N_(
            "End it (Ctrl-C in the window where it runs, or restart the computer), then start it "
            "again: `earmark start`"
        ),
    ),
    "agent_outdated": Message(
        "agent",
        N_("Version %(running)s of Earmark is running, but %(installed)s is installed."),
        N_(
            "End it (Ctrl-C in the window where it runs, or restart the computer), then start it "
            "again: `earmark start`"
        ),
    ),
    "home_held": Message(
        "agent",
        N_("Another command of Earmark is at work: %(owner)s."),
        N_("Wait until it is done, then run `earmark doctor` again."),
    ),
    "port_taken": Message(
        "agent", N_("Another program holds Earmark's port %(port)s: %(owner)s."), ANOTHER_PORT
    ),
    "port_taken_by_earmark": Message(
        "agent",
        N_("Another Earmark, with another home folder, is at work on port %(port)s."),
        N_(
            "Use that one, or name its folder: `earmark doctor --home FOLDER`. To use this one, "
            "end the other first."
        ),
    ),
    "port_taken_by_unknown": Message(
        "agent",
        N_("A program that cannot be named holds Earmark's port %(port)s."),
        ANOTHER_PORT,
    ),
    "stopped_port_taken": Message(
        "agent",
        N_("Earmark could not start (%(at)s): another program held its port."),
        ANOTHER_PORT,
    ),
    "stopped_disk_full": Message(
        "agent",
        N_("Earmark ended (%(at)s): the disk was full."),
        N_("Make room on the disk, then start it again: `earmark start`"),
    ),
    "stopped_crash": Message(
        "agent",
        N_("Earmark ended (%(at)s) by an error of its own. Nothing that was stored is lost."),
        N_("Start it again: `earmark start`. Where it happened stands in %(folder)s."),
    ),
    "stopped": Message(
        "agent",
        N_("Earmark ended, or could not start (%(at)s): %(reason)s"),
        N_("Put that right, then start it again: `earmark start`"),
    ),
    # --- the service
    "service_active": Message("service", N_("Earmark starts with your computer (%(kind)s).")),
    "service_not_installed": Message(
        "service",
        N_("Earmark does not start with your computer; `earmark service install` changes that."),
    ),
    "service_elsewhere": Message(
        "service", N_("Earmark starts with your computer, but for another folder: %(reason)s")
    ),
    "service_not_enabled": Message(
        "service",
        N_("The service is installed, but does not start with your computer (%(kind)s)."),
        N_("Install it again: `earmark service install`"),
    ),
    "service_not_active": Message(
        "service",
        N_("The service is installed, but not at work (%(kind)s)."),
        N_("Install it again, which starts it: `earmark service install`"),
    ),
    "service_broken": Message(
        "service",
        N_("The service cannot do its work: %(reason)s"),
        N_("Install it again: `earmark service install`"),
    ),
    # --- the log
    "log_readable": Message("log", N_("The log can be read.")),
    "log_too_old": Message(
        "log",
        N_("The log was last used by an older Earmark."),
        N_("Run `earmark start` once: it brings the log up to date."),
    ),
    "log_too_new": Message(
        "log",
        N_("The log was written by a newer Earmark than this one."),
        N_("Update Earmark."),
    ),
    "log_unreadable": Message(
        "log",
        N_("The log cannot be read: %(reason)s"),
        N_("If its file is damaged, put a backup in its place: `earmark restore FILE`"),
    ),
    "clock_set_back": Message(
        "clock",
        N_(
            "The newest entry of the log is of %(at)s, which is yet to come: this computer's "
            "clock was set back."
        ),
        N_("Set the computer's date and time, best automatically from the internet."),
    ),
    "clock_skew": Message(
        "clock",
        N_(
            "The clocks of %(browser)s and of Earmark do not agree; difference in minutes: "
            "%(minutes)s."
        ),
        N_(
            "Set date, time and time zone of this computer, best automatically from the internet; "
            "then restart the browser."
        ),
    ),
    # --- plugins and what they read
    "plugins_ready": Message("plugins", N_("Plugins in use: %(count)s.")),
    "plugin_left_out": Message(
        "plugins",
        N_("The plugin %(plugin)s is left out: %(reason)s"),
        N_("Update this plugin or remove it, then start Earmark again. All others go on."),
    ),
    "site_changed": Message(
        "reading",
        N_(
            "Nothing is understood any more on %(host)s, which %(platform)s reads; it was last "
            "heard on %(day)s."
        ),
        SITE_CHANGED,
    ),
    "site_never_heard": Message(
        "reading",
        N_("Nothing was ever understood on %(host)s, which %(platform)s should read."),
        SITE_CHANGED,
    ),
    "site_gives_less": Message(
        "reading",
        N_(
            "On %(host)s, %(platform)s finds less than it used to; missing by now: %(fields)s. All "
            "was there on %(day)s."
        ),
        SITE_CHANGED,
    ),
    "site_read_otherwise": Message(
        "reading",
        N_(
            "On %(host)s, %(platform)s and a reading as any other site do not agree on: "
            "%(fields)s. They last did on %(day)s."
        ),
        LOOK_YOURSELF,
    ),
    "site_always_read_otherwise": Message(
        "reading",
        N_(
            "On %(host)s, %(platform)s and a reading as any other site never agreed yet on: "
            "%(fields)s."
        ),
        LOOK_YOURSELF,
    ),
    "pieces_not_understood": Message(
        "reading",
        N_(
            "Pieces of pages of %(host)s that were kept but not understood: %(count)s; the last at "
            "%(at)s, by %(platform)s: %(reason)s"
        ),
        N_("The site has probably changed: update Earmark or the plugin. Nothing is lost."),
    ),
    # --- what the organisation allows
    "policy_in_force": Message("policy", N_("Your organisation has set: %(keys)s.")),
    "policy_not_understood": Message(
        "policy",
        N_("Your organisation's policy is not understood in all: %(reason)s"),
        ASK_YOUR_IT,
    ),
    "policy_forbids_sites": Message(
        "policy",
        N_("Chosen in the inbox, but not allowed by your organisation: %(sites)s."),
        N_(
            "Take these sites off your list in the inbox's Setup, or ask whoever looks after your "
            "computer to allow them."
        ),
    ),
    # --- browsers
    "no_browser": Message("browsers", N_("No browser is paired."), ADD_ANEW),
    "browser_well": Message(
        "browsers", N_("%(browser)s was here last at %(at)s, and its extension is well.")
    ),
    "extension_never_seen": Message(
        "browsers",
        N_("%(browser)s was paired at %(at)s, and its extension was not seen since."),
        OPEN_THAT_BROWSER,
    ),
    "browser_silent": Message(
        "browsers", N_("The extension in %(browser)s was last seen at %(at)s."), OPEN_THAT_BROWSER
    ),
    "extension_never_reported": Message(
        "browsers",
        N_("The extension in %(browser)s never said how it is doing: it may be an old one."),
        UPDATE_THE_EXTENSION,
    ),
    "extension_temporary": Message(
        "browsers",
        N_("The extension in %(browser)s is temporary: it is gone when the browser restarts."),
        N_(
            "Firefox keeps only a signed extension; Firefox ESR and Developer Edition can keep one "
            "that is not. `earmark extension` shows both ways, step by step."
        ),
    ),
    "extension_outdated": Message(
        "browsers",
        N_(
            "The extension in %(browser)s is of version %(version)s; Earmark itself is of "
            "%(newest)s."
        ),
        UPDATE_THE_EXTENSION,
    ),
    "extension_to_reload": Message(
        "browsers",
        N_(
            "The extension in %(browser)s still runs as %(version)s, but %(on_disk)s is ready "
            "for it."
        ),
        N_(
            "Open that browser's page of extensions and press the reload button of Earmark, or "
            "restart the browser."
        ),
    ),
    "browser_too_old": Message(
        "browsers",
        N_("%(browser)s is of version %(version)s; Earmark needs at least %(least)s."),
        N_("Update that browser."),
    ),
    "installed_browser_too_old": Message(
        "browsers",
        N_(
            "%(browser)s on this computer is of version %(version)s; Earmark needs at least "
            "%(least)s."
        ),
        N_("Update that browser, or use another one with Earmark."),
    ),
    "spare_browser_too_old": Message(
        "browsers",
        N_(
            "%(browser)s on this computer is of version %(version)s, too old for Earmark "
            "(%(least)s); others are paired."
        ),
    ),
    "plan_refused": Message(
        "browsers",
        N_(
            "%(browser)s cannot work with Earmark's capture plan, so it hears nothing new: "
            "%(reason)s"
        ),
        N_(
            "Update that browser and the extension (`earmark extension`). If it goes on, remove "
            "the plugin that was installed last."
        ),
    ),
    "extension_trouble": Message(
        "browsers",
        N_("The extension in %(browser)s is in trouble: %(reason)s"),
        N_(
            "Open that browser's page of extensions and press the reload button of Earmark, or "
            "restart the browser."
        ),
    ),
    "no_site_allowed": Message(
        "sites",
        N_("%(browser)s is not allowed to hear any site yet."),
        N_("In that browser, open a page you care about, click Earmark's icon and allow the site."),
    ),
    "sites_not_allowed": Message(
        "sites",
        N_("Chosen in the inbox, but not yet allowed in %(browser)s: %(sites)s."),
        N_("In that browser, click Earmark's icon, then Settings, and allow these sites."),
    ),
    "comments_lost": Message(
        "browsers",
        N_("The outbox of %(browser)s was full while Earmark was away. Pieces lost: %(count)s."),
        N_(
            "Keep Earmark running while you browse (`earmark service install`), and open the pages "
            "again whose comments you miss."
        ),
    ),
    "token_refused": Message(
        "browsers",
        N_(
            "A browser was turned away (%(at)s): what it was paired with does not count here, "
            "or no longer."
        ),
        PAIR_AGAIN,
    ),
    "browser_unknown": Message(
        "browsers",
        N_("A browser that is not paired here asked for Earmark (%(at)s)."),
        PAIR_AGAIN,
    ),
}

CHECKS = tuple(dict.fromkeys(message.check for message in MESSAGES.values()))
"""What is looked at, in the order in which it is put right best."""
