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
    "drupal 8 and later": '<h2>Comments</h2>|<article class="comment js-comment by-viewer"><footer class="comment__meta">'
    '<p class="comment__author"><a class="username" href="/user/{n}">{who}</a></p><p class="comment__time">Thu, '
    '11/19/2026 - 10:15</p><p class="comment__permalink"><a href="#c{n}">Permalink</a></p></footer><div class="comment__content">'
    '<div class="text-formatted field field--name-comment-body field--label-hidden field__item"><p>{said}</p></div></div></article>',
    "jira": '|<div id="comment-{n}" class="activity-comment"><div class="verbose"><div class="action-head"><div class="action-details">'
    '<a class="user-hover" href="/secure/ViewProfile.jspa?name={who}">{who}</a> added a comment - <time class="livestamp" '
    'datetime="{time}">19/Nov/26</time></div></div><div class="action-body flooded"><p>{said}</p></div></div><div class="concise">'
    '<div class="action-details">{who} added a comment - <time class="livestamp" datetime="{time}">19/Nov/26</time> {said}</div></div></div>',
    "redmine": '<h3>History</h3>|<div id="change-{n}" class="journal has-notes"><h4><a href="#note-{n}">#{n}</a> Updated by '
    '<a class="user active" href="/users/{n}">{who}</a> <a title="11/19/2026 10:15 AM" href="/a">2 days</a> ago</h4><ul class="details">'
    "<li>Status changed from New to Closed by the person who fixed it</li></ul>"
    '<div id="journal-{n}-notes" class="wiki"><p>{said}</p></div></div>',
    "trac": '<h2>Change History</h2>|<div class="change"><h3 class="change"><span class="cnum"><a href="#comment:{n}">comment:{n}</a></span>'
    ' Changed <a class="timeline" title="See timeline at Nov 19, 2026 10:15:00 AM">2 days ago</a> by {who}</h3>'
    '<div class="comment searchable"><p>{said}</p></div></div>',
    "khoros": '|<div class="lia-message-view-wrapper"><span class="UserName lia-user-name"><a href="/t5/user/viewprofilepage/user-id/{n}">'
    '<span>{who}</span></a></span><div class="lia-message-post-date"><span class="DateTime lia-message-posted-on"><span class="local-date">'
    '\u200e11-19-2026</span> <span class="local-time">10:15 AM</span></span></div><div class="lia-message-body">'
    "<p>{said}</p></div><a>Reply</a></div>",
    "judge.me": '<h2>Customer Reviews</h2>|<div class="jdgm-rev"><div class="jdgm-rev__header"><span class="jdgm-rev__timestamp">'
    '11/19/2026</span><div class="jdgm-row-profile"><span class="jdgm-rev__badge">Verified</span> <span class="jdgm-rev__author">'
    '{who}</span></div></div><div class="jdgm-rev__body"><p>{said}</p></div></div>',
    "bbpress": '|<div id="post-{n}" class="bbp-reply-header"><div class="bbp-meta"><span class="bbp-reply-post-date">November 19, 2026 '
    'at 10:15 am</span><a href="#post-{n}">#{n}</a></div></div><div class="loop-item-{n} user-id-{n} bbp-parent-topic-5 '
    'reply type-reply status-publish hentry"><div class="bbp-reply-author"><a href="/users/{who}/" class="bbp-author-link"><img class="avatar" '
    'src="a.png"><span class="bbp-author-name">{who}</span></a></div><div class="bbp-reply-content"><p>{said}</p></div></div>',
    "old blogger": '<h4>2 comments:</h4>|<dt class="comment-author" id="c{n}"><a href="https://blogger.example/profile/{n}">{who}</a> '
    'said...</dt><dd class="comment-body"><p>{said}</p></dd><dd class="comment-footer"><span class="comment-timestamp">'
    '<a href="#c{n}">November 19, 2026 10:15 AM</a></span></dd>',
    "names and numbers in one line": '<h2>Comments</h2>|<div class="commentnew" id="comment-{n}"><div class="commentheader"><a href="/u?id={n}">'
    '{who}</a> <span>•</span> <a href="#comment-{n}">#{n}</a> <span>•</span> 8:05 AM Thursday, Nov 19, 2026 <span>•</span> '
    '<a href="#r">Reply</a></div><div class="commentcontent"><p>{said}</p></div></div>',
    "spacing for a class": '|<div class="my-4"><div class="flex"><div class="mr-2 font-medium">{who}</div></div><div class="text-sm">'
    '2026-11-19 10:15</div><div class="my-2"><p>{said} That was today.</p></div><button>Reply</button></div>',
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
    assert [
        (i.author and i.author.name, i.text.removesuffix(" That was today.")) for i in items
    ] == PEOPLE
    assert all(item.published for item in items)


GUESTS = ["Mina", "Anselm", "Zoe", "Noor", "Tomasz"]


@pytest.mark.parametrize(
    "pattern",
    [
        "<dt><b>{who}</b> wrote on {n} November 2026:</dt><dd>Greetings from {who}.</dd>",
        '<div class="head"><b>{who}</b> <i>{n} November 2026</i></div><div>Greetings from {who}.</div>',
    ],
)
def test_entries_that_are_no_elements_are_put_together(pattern: str) -> None:
    around = "dl" if "<dt>" in pattern else "div"
    told = "".join(pattern.format(who=who, n=n) for n, who in enumerate(GUESTS, 11))
    body = BeautifulSoup(
        f"<body><h2>Guest book</h2><{around}>{told}</{around}></body>", "lxml"
    ).body
    assert body is not None
    found = [(i.author and i.author.name, i.text) for i in items_in(body, PAGE)]
    assert found == [(who, f"Greetings from {who}.") for who in GUESTS]


def test_nobodys_words_come_to_stand_below_anothers_name() -> None:
    """Where a stray element breaks the order, nothing is put together wrongly."""
    pairs = [
        f'<div class="head"><b>{who}</b> <i>{n} November 2026</i></div><div>Greetings from {who}.</div>'
        for n, who in enumerate(GUESTS, 11)
    ]
    pairs[2] = "<div>Buy a mill!</div>" + pairs[2]
    page = f"<body><h2>Guest book</h2><div>{''.join(pairs)}</div></body>"
    body = BeautifulSoup(page, "lxml").body
    assert body is not None
    for item in items_in(body, PAGE):
        assert item.author is not None
        assert item.text == f"Greetings from {item.author.name}."
