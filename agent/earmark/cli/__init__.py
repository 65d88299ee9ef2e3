"""The `earmark` command, one file per family of commands."""
