"""Texts of which a page shows only the beginning, with "See more" behind it."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

# What sites write on the control that shows the rest, in the languages they are met in.
_MORE = (
    "see more", "read more", "show more", "more", "view more", "continue reading", "expand",
    "devamını oku", "devamını gör", "daha fazla", "daha fazla göster", "daha fazlasını gör",
    "devamı",
    "بیشتر", "ادامه", "ادامه مطلب", "مشاهده بیشتر", "نمایش بیشتر", "بیشتر بخوانید",
    "vezi mai mult", "vezi mai multe", "citește mai mult", "citeste mai mult",
    "mai mult", "mai multe",
    "mehr", "mehr anzeigen", "mehr ansehen", "weiterlesen", "mehr lesen",
    "ver más", "leer más", "mostrar más", "ver mais", "ler mais", "mostrar mais",
    "voir plus", "lire la suite", "lire plus", "afficher plus", "altro",
    "mostra altro", "leggi tutto",
    "ещё", "еще", "показать полностью", "читать далее", "читать дальше",
    "عرض المزيد", "المزيد", "اقرأ المزيد", "selengkapnya", "lihat selengkapnya",
    "もっと見る", "続きを読む", "さらに表示", "더보기", "더 보기", "展开", "顯示更多",
    "显示更多", "और देखें",
)  # fmt: skip
LONGEST_LABEL = 60
_CONTROLS = "a, button, summary, [role=button], [aria-expanded=false], label"
_WORDS = "|".join(sorted(map(re.escape, _MORE), key=len, reverse=True))
_AT_END = re.compile(rf"(…|\.\.\.)\s*\[?(?:{_WORDS})?\]?\s*$", re.IGNORECASE)
_ONLY = re.compile(rf"\W*(?:{_WORDS})\W*", re.IGNORECASE)


def whole_part(text: str, soup: BeautifulSoup) -> tuple[str, bool]:
    """The text without a trailing "… See more", and whether it is known to be cut short there.

    An ellipsis alone is how people write; it counts only with a control that promises the rest.
    """
    end = _AT_END.search(text)
    if end is None or not (_promised(end) or _offers_more(soup)):
        return text, False
    return text[: end.end(1)], True


def _promised(end: re.Match[str]) -> bool:
    """Whether the interface's word itself was read as part of the text."""
    return bool(end[0].strip()[len(end[1]) :])


def _offers_more(soup: BeautifulSoup) -> bool:
    """Asked once of a tree: it may be a whole page, in which many texts end in an ellipsis."""
    if "earmark_offers_more" not in vars(soup):
        vars(soup)["earmark_offers_more"] = _has_control_for_more(soup)
    return bool(vars(soup)["earmark_offers_more"])


def _has_control_for_more(soup: BeautifulSoup) -> bool:
    labels = (control.get_text(" ", strip=True) for control in soup.select(_CONTROLS))
    return any(len(label) < LONGEST_LABEL and _ONLY.fullmatch(label) for label in labels)
