"""The CSS a plugin may use: what a browser's querySelectorAll and soupsieve both accept."""

from __future__ import annotations

import re

import soupsieve

from ..errors import EarmarkError

_STRINGS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_PSEUDO = re.compile(r"(?<!\\)(::?)([A-Za-z-]+)")
_NAMESPACE = re.compile(r"(?<!\\)\|(?!=)|!=")
_SHARED_PSEUDO_CLASSES = frozenset({
    "any-link", "checked", "default", "disabled", "empty", "enabled", "first-child",
    "first-of-type", "has", "in-range", "indeterminate", "is", "lang", "last-child",
    "last-of-type", "link", "not", "nth-child", "nth-last-child", "nth-last-of-type",
    "nth-of-type", "only-child", "only-of-type", "optional", "out-of-range", "placeholder-shown",
    "read-only", "read-write", "required", "root", "scope", "where",
})  # fmt: skip


def check_selector(css: str) -> None:
    """Raise EarmarkError unless browsers and soupsieve both understand `css`."""
    bare = _STRINGS.sub('""', css)
    if _NAMESPACE.search(bare):
        raise _refusal(css, "namespaces and != are not for every browser")
    for colons, name in _PSEUDO.findall(bare):
        if colons == "::" or name.lower() not in _SHARED_PSEUDO_CLASSES:
            raise _refusal(css, f"{colons}{name} is not known everywhere")
    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as error:
        raise _refusal(css, str(error).splitlines()[0]) from error


def split_outline(outline: str) -> tuple[str, str]:
    """The selector and the attribute (empty: the text) of an outline, `selector@attribute`."""
    selector, _, attribute = outline.partition("@")
    return selector.strip(), attribute.strip()


def _refusal(css: str, reason: str) -> EarmarkError:
    return EarmarkError(
        f"The selector “{css}” cannot be used: {reason}.",
        "Use CSS that querySelectorAll and soupsieve both accept.",
        code="bad_selector",
    )
