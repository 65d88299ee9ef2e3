"""`earmark doctor`: what is wrong, and the fix, in words."""

from __future__ import annotations

import json
import os

import click

from earmark.health.finding import Said
from earmark.settings import Home
from earmark.web.i18n import language_of_process, words_in

from .homes import with_home
from .looking import look
from .streams import printable


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object with everything looked at.")
@with_home
def doctor(home: Home, as_json: bool) -> None:
    """Say what is wrong and how to put it right. Exit code 1 where something is.

    It speaks the language of the terminal: English, Persian, Turkish or Romanian.

    \b
    Examples:
      earmark doctor
      LANGUAGE=ro earmark doctor --json
    """
    language = language_of_process(os.environ)
    said = look(home, words_in(language))
    problems = sum(each.problem for each in said)
    if as_json:
        findings = [each.as_json() for each in said]
        report = {"ok": not problems, "language": language, "findings": findings}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _tell(said, problems, language)
    if problems:
        raise click.exceptions.Exit(1)


def _tell(said: list[Said], problems: int, language: str) -> None:
    words = words_in(language)
    marks = {True: words("problem"), False: words("ok")}
    width = max(map(len, marks.values())) + 2
    for each in said:
        click.echo(f"{marks[each.problem]:{width}}{printable(each.message)}")
        if each.fix:
            click.echo(f"{'':{width}}{printable(each.fix)}")
    end = words("To put right: %(count)s.") % {"count": words.number(problems)}
    click.echo(end if problems else words("Everything is in order."))


COMMANDS = {"doctor": doctor}
