"""What everybody can read: contrast of the colours, and a page that mirrors by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from earmark.web import i18n

STATIC = Path(i18n.__file__).parent / "static"
SHEETS = (
    "ask.css",
    "base.css",
    "inbox.css",
    "item.css",
    "judged.css",
    "settings.css",
    "setup.css",
    "terms.css",
)
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border)-(left|right|top|bottom)\b|(?<![\w-])(left|right|top|bottom):"
    r"|text-align:\s*(left|right)|float:|(?<![\w-])(min-|max-)?(width|height):"
)
TEXT_ON_GROUND = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "accent-soft"),
    ("ink", "added"),
    ("quiet", "paper"),
    ("quiet", "sheet"),
    ("quiet", "accent-soft"),
    ("quiet", "removed"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "accent-soft"),
    ("accent-ink", "accent"),
    ("warn", "warn-soft"),
    ("danger", "sheet"),
    ("paper", "ink"),
]


def palettes() -> dict[str, dict[str, str]]:
    css = (STATIC / "base.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)
    find = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return {"light": dict(find.findall(light)), "dark": dict(find.findall(dark))}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_focus_stand_out(scheme: str) -> None:
    palette = palettes()[scheme]
    assert contrast(palette["field"], palette["sheet"]) >= 3
    assert contrast(palette["accent"], palette["paper"]) >= 3


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_names_no_left_or_right(name: str) -> None:
    css = re.sub(r"@media[^{]*", "", (STATIC / name).read_text(encoding="utf-8"))
    assert [match.group() for match in PHYSICAL.finditer(css)] == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_sets_no_direction_and_loads_nothing(name: str) -> None:
    css = (STATIC / name).read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w-])direction:|unicode-bidi|url\(|@import", css)


def test_movement_only_where_it_is_wanted() -> None:
    for name in SHEETS:
        css = (STATIC / name).read_text(encoding="utf-8")
        wanted = re.findall(r"prefers-reduced-motion: no-preference\) \{.*?\n\}", css, re.DOTALL)
        for block in wanted:
            css = css.replace(block, "")
        assert not re.search(r"(?<![\w-])(transition|animation):", css), name
