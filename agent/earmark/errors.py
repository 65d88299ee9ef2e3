"""The one base error: its text is written for the person who reads it, in any language."""

from __future__ import annotations

from typing import Any


class Told(str):
    """A sentence in English that knows what it was made of, so that it can be said in others.

    code: stable, for programs. template: the sentence with `%(name)s` for each of `values`, which
    are texts, numbers, Told themselves, lists (all of these) or tuples (any one of these).
    """

    __slots__ = ("code", "template", "values")
    code: str
    template: str
    values: dict[str, Any]

    def __new__(cls, code: str, template: str, values: dict[str, Any]) -> Told:
        shown = {name: in_english(value) for name, value in values.items()}
        made = super().__new__(cls, template % shown)
        made.code, made.template, made.values = code, template, values
        return made

    def __getnewargs__(self) -> tuple[str, str, dict[str, Any]]:  # type: ignore[override]
        return self.code, self.template, self.values


def in_english(value: Any) -> str:
    """A value of a sentence as English writes it."""
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}"
    if isinstance(value, list | tuple):
        *first, last = map(str, value)
        between = "or" if isinstance(value, tuple) else "and"
        return f"{', '.join(first)} {between} {last}" if first else last
    return str(value)


class EarmarkError(Exception):
    """Something a person can act on.

    `message` says what happened, `hint` what to do about it. `code` is a stable word for
    programs; `status` is the HTTP status under which the agent reports it.
    """

    code = "error"
    status = 400

    def __init__(self, message: str, hint: str = "", *, code: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.code
        self.status = status or self.status

    def as_json(self) -> dict[str, Any]:
        """The body every interface reports an error with."""
        error = {"code": self.code, "message": self.message, "hint": self.hint}
        return {"error": {key: value for key, value in error.items() if value}}


class PluginError(EarmarkError):
    """A plugin failed; `plugin` names the one to blame."""

    code = "plugin_failed"
    status = 500

    def __init__(self, plugin: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.plugin = plugin


class PluginRaised(PluginError):
    """The plugin's own code raised."""

    code = "plugin_raised"


class PluginTimedOut(PluginError):
    """The plugin did not answer in time; its worker process was killed."""

    code = "plugin_timed_out"


class PluginCrashed(PluginError):
    """The worker process died under the plugin."""

    code = "plugin_crashed"
