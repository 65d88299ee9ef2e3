"""Comment systems without a plugin of their own, each with its classes: two remarks a page."""

# ruff: noqa: E501 (markup is easier to read in long lines)

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from earmark import Page
from earmark_plugins.platforms.structured.remarks import items_in

PAGE = Page(url="https://site.example.org/a", captured_at="2026-11-21T12:00:00Z")
TIME = "2026-11-19T10:15:00Z"
PEOPLE = [
    ("Mina", "The kettle leaks at the spout."),
    ("Anselm", "Mine did too, a new seal helped."),
]
SYSTEMS = {
    "isso": '<h4>2 Comments</h4>|<div class="isso-comment" id="isso-{n}"><div class="isso-text-wrapper">'
    '<div class="isso-comment-header"><span class="isso-author">{who}</span> <time datetime="{time}">'
    '2 days ago</time></div><div class="isso-text"><p>{said}</p></div><div class="isso-comment-footer">'
    '<a class="isso-reply" href="#">Reply</a></div></div></div>',
    "flarum": '|<article class="CommentPost Post"><header class="Post-header"><h3 class="PostUser-name">'
    '<a href="/u/{who}"><span class="username">{who}</span></a></h3> <a class="PostMeta"><time '
    'datetime="{time}">2 days ago</time></a></header><div class="Post-body"><p>{said}</p></div></article>',
    "commento": '|<div class="commento-card"><div class="commento-header"><div class="commento-name">'
    '{who}</div> <div class="commento-timeago" title="{time}">2 days ago</div></div>'
    '<div class="commento-body"><p>{said}</p></div></div>',
    "remark42": '|<article class="comment"><div class="comment__info"><span class="comment__username">'
    '{who}</span> <a class="comment__time" href="#c{n}">19/11/2026 at 10:15</a></div>'
    '<div class="comment__text"><p>{said}</p></div><button class="comment__action">Reply</button></article>',
    "nodebb": '|<li component="post" class="posts-list-item" data-pid="{n}"><a class="fw-bold" '
    'href="/user/{who}">{who}</a> <span class="timeago" title="{time}">2 days ago</span>'
    '<div class="content" component="post/content"><p>{said}</p></div></li>',
    "smf": '|<div class="post_wrapper"><div class="poster"><h4><a href="?action=profile;u={n}">{who}</a>'
    '</h4></div><div class="postarea"><div class="smalltext">November 19, 2026, 10:15 AM</div>'
    '<div class="post"><div class="inner">{said}</div></div></div></div>',
    "mybb": '|<div class="post classic" id="post_{n}"><div class="post_author"><strong><a '
    'href="member.php?action=profile&uid={n}">{who}</a></strong></div><div class="post_content">'
    '<span class="post_date">11-19-2026, 10:15 AM</span><div class="post_body">{said}</div></div><div class="post_meta"><a href="#"><span>Quote</span></a></div></div>',
    "drupal": '<h2>Comments</h2>|<article class="comment"><div class="submitted">Submitted by '
    '<span class="username">{who}</span> on Thu, 11/19/2026 - 10:15</div><div class="content">'
    "<p>{said}</p></div></article>",
    "typepad": '<h2>Comments</h2>|<div class="comment" id="comment-{n}"><div class="comment-content"><p>'
    '{said}</p></div><p class="comment-footer">Posted by: <a href="http://{who}.example/">{who}</a> | '
    "November 19, 2026 at 10:15 AM</p></div>",
    "ghost": '|<div data-testid="comment-component"><h4>{who}</h4> <span title="{time}">2 days ago</span>'
    '<div data-testid="comment-content"><p>{said}</p></div></div>',
}  # fmt: skip


@pytest.mark.parametrize("system", SYSTEMS)
def test_both_remarks_are_found_with_author_time_and_text(system: str) -> None:
    heading, _, record = SYSTEMS[system].partition("|")
    records = [
        record.format(n=4100 + n, who=who, said=said, time=TIME)
        for n, (who, said) in enumerate(PEOPLE)
    ]
    page = f"<body><main>{heading}<div>{''.join(records)}</div></main></body>"
    body = BeautifulSoup(page, "lxml").body
    assert body is not None
    items = list(items_in(body, PAGE))
    assert [(i.author and i.author.name, i.text) for i in items] == PEOPLE
    assert all(item.published for item in items)
