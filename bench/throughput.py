"""1,000 items through HTTP with parsing, language, tags and store, beside bare lxml + sqlite3.

The baseline reads the same markup and writes the same rows, with none of what makes them useful:
no raw copy, no language, no tags, no search text, no history, no acknowledgement.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
import uuid
from pathlib import Path

from agent_process import AgentProcess
from captures import batch, comment
from lxml import html

ITEMS = 1000
BATCH = 50
ROUNDS = 5
SENTENCES = [
    "The new version loses my drafts when I switch accounts; I had to type everything twice.",
    "Is there any way to pay by the year? The monthly price adds up.",
    "پشتیبانی خیلی سریع جواب داد، ممنونم از شما. فقط ارسال کمی طول کشید.",
    "Kargo çok geç geldi ama ürün gerçekten güzel, teşekkürler.",
    "Aplicația se închide singură după ultima actualizare, vă rog să o reparați.",
]


def markup(first: int) -> list[str]:
    return [
        comment(n, f"{SENTENCES[n % len(SENTENCES)]} ({n})") for n in range(first, first + ITEMS)
    ]


def through_earmark(agent: AgentProcess, comments: list[str], first: int) -> float:
    waiting = [batch(first, comments[n : n + BATCH]) for n in range(0, ITEMS, BATCH)]
    started = time.perf_counter()
    for one in waiting:
        answer = agent.request("POST", "/v1/captures", one)
        assert all(r["status"] == "stored" for r in answer["results"]), answer["results"][0]
    return time.perf_counter() - started


def bare(folder: Path, comments: list[str]) -> float:
    connection = sqlite3.connect(folder / f"{uuid.uuid4()}.sqlite3")
    connection.execute("pragma journal_mode=wal")
    connection.execute("create table item (id text primary key, author, text, time)")
    started = time.perf_counter()
    for n in range(0, ITEMS, BATCH):
        rows = [row(one) for one in comments[n : n + BATCH]]
        with connection:
            connection.executemany("insert into item values (?, ?, ?, ?)", rows)
    elapsed = time.perf_counter() - started
    connection.close()
    return elapsed


def row(comment: str) -> tuple[str, ...]:
    tree = html.fragment_fromstring(f"<table>{comment}</table>")
    return (
        tree.xpath(".//tr[contains(@class, 'comtr')]/@id")[0],
        tree.xpath("string(.//a[@class='hnuser'])").strip(),
        tree.xpath("string(.//div[contains(@class, 'commtext')])").strip(),
        tree.xpath(".//span[@class='age']/@title")[0],
    )


def main() -> None:
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder, AgentProcess(Path(folder) / "home") as agent:
        through_earmark(agent, markup(1), 1)  # the workers are warm in daily life
        for turn in range(1, ROUNDS + 1):
            comments = markup(turn * 10_000)
            ours.append(through_earmark(agent, comments, turn * 10_000))
            theirs.append(bare(Path(folder), comments))
    median, base = statistics.median(ours), statistics.median(theirs)
    print(f"{ITEMS:,} items, whole path over HTTP: {median:.2f} s (median of {ROUNDS})")
    print(f"{ITEMS:,} items, bare lxml + sqlite3:  {base:.2f} s; ratio {median / base:.1f}")


if __name__ == "__main__":
    main()
