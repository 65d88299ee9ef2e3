"""Browsers of this machine, started with a throw-away profile and the extension in it."""
