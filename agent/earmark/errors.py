"""The one base error: its text is written for the person who reads it."""

from __future__ import annotations


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

    def as_json(self) -> dict[str, dict[str, str]]:
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
