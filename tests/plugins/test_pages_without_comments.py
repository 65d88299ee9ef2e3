"""Articles, shops and lists hold names, days and prose too: nothing on them is taken for comments.

Each page here is made up after one that was, and beside each stands what must still be found.
"""

# ruff: noqa: E501 (markup is easier to read in long lines)

from __future__ import annotations

import json

import pytest
from every_platform import ENTRIES, run
from hypothesis import given
from hypothesis import strategies as st

from earmark.model import Json
from earmark.parse.saved_page import parse_saved

PEOPLE = ("Anselm", "Noor", "Tomasz", "Mina", "Zoe")
SAID = "{} says that the mill is closed on Mondays, and that the baker knows why."


def read(body: str, head: str = "") -> list[Json]:
    page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    saved = parse_saved(
        "https://mill.example.org/page", page.encode(), ENTRIES, run, "2026-11-22T12:00:00Z"
    )
    assert saved.platform == "webpage"
    assert saved.errors == []
    return saved.items


def names(items: list[Json]) -> list[str]:
    return [item.get("author", {}).get("name", "") for item in items]


def remark(who: str, day: int = 3, said: str = SAID) -> str:
    return (
        f'<div class="q7"><b class="w">{who}</b> <i class="d">{day} November 2026</i>'
        f"<p>{said.format(who)}</p><button>Reply</button></div>"
    )


def remarks(*people: str) -> str:
    return "".join(remark(who, day) for day, who in enumerate(people, 1))


# -- names and times stand in the same places ------------------------------------------------

GUIDE = [
    '<div class="lead"><h1>Mills and their days</h1><div class="author">Mina Quill</div>'
    '<span class="when">as of 5 November 2026</span><p>What to know before you carry grain.</p>'
    "<button>Share</button></div>",
    '<div class="part"><h4>How a mill counts</h4><p>A sack is weighed twice, and paid for once.</p>'
    '<p class="src">Source: the guild’s list (5 November 2026)</p><button>Share</button></div>',
    '<div class="part"><strong>Two sums</strong><p>Ten sacks of rye, and the miller’s tenth.</p>'
    "<figcaption>Own sums, 5 November 2026</figcaption><button>Share</button></div>",
    '<div class="box"><div class="author">Mina Quill</div><div class="k">5 November 2026</div>'
    "<p>Mina Quill writes about bread, and what lies between.</p><button>Share</button></div>",
]  # fmt: skip


def test_the_parts_of_one_guide_are_no_comments() -> None:
    assert read(f'<main><div class="guide">{"".join(GUIDE)}</div></main>') == []


@given(st.permutations(GUIDE), st.integers(2, 4))
def test_nor_are_they_in_any_other_order(parts: list[str], most: int) -> None:
    assert read(f'<main><div class="guide">{"".join(parts[:most])}</div></main>') == []


def test_what_stands_in_the_same_places_is_heard() -> None:
    assert names(read(f"<main><div>{remarks(*PEOPLE)}</div></main>")) == [*PEOPLE]


RECIPE = (
    '<div class="q7"><a class="cook" href="/user/profil/7">Quentin</a>'
    '<span class="takes">30 Min.</span><p>The softest rye cake of the valley!</p></div>'
)


@pytest.mark.parametrize("page", [f"{RECIPE}<div>{{}}</div>", f"<div>{{}}</div>{RECIPE}"])
def test_a_recipe_that_is_called_like_its_comments_is_none(page: str) -> None:
    assert names(read(f"<main>{page.format(remarks(*PEOPLE))}</main>")) == [*PEOPLE]


# -- lists of articles, offers and threads ---------------------------------------------------

HEADLINES = {
    "Noor": "The long way from rye to bread",
    "Zoe": "Seven things a miller hears",
    "Anselm": "Water, and who may have it",
    "Tomasz": "What the guild did not say",
}  # fmt: skip


def listed(entry: str) -> str:
    """A list of what `entry` says of each: {who}, {day}, {title}, {slug}."""
    told = enumerate(HEADLINES.items(), 2)
    entries = (entry.format(who=w, day=d, title=t, slug=t.replace(" ", "-")) for d, (w, t) in told)
    return f"<main><div class='list'>{''.join(entries)}</div></main>"


NO_COMMENTS = {
    "bylines": '<div class="in"><p class="post-byline"><img class="avatar" src="a.png">by <a href='
    '"/author/{who}">{who}</a> <i>Published</i> <span class="at">{day} May 2025</span>'
    " · Last modified {day} June 2026</p></div>",
    "lines of names and days below headlines": '<div class="post"><h2><a href="/{slug}">{title}</a>'
    '</h2><p class="panel"><a href="/author/{who}">{who}</a> <a href="/2026/11">{day} Nov 2026</a>'
    " <span>in Bread and its {day} kinds</span> <button>Share</button></p></div>",
    "lines that say only how many looked": '<div><p class="panel"><a href="/author/{who}">{who}</a>'
    ' <a href="/2026/11">{day} Nov 2026</a> / {day}4 Views / <a href="#s">Share</a></p></div>',
    "the same words each time": '<div class="strip"><img class="avatar" src="a.png"><a href="/by/'
    '{who}">{who}</a> <b class="d">{day}.11.2026</b> <span>go on to the article of that day</span>'
    ' <a href="#a">Reply</a></div>',
    "offers that are links as a whole": '<a href="/offer/{slug}"><div class="x9"><p class="t1">'
    '{title}</p><div class="seller-name">{who} Mills</div><i class="d1">{day} days ago</i>'
    "<button>Save</button></div></a>",
    "headlines beside names and days": '<article class="x4"><figure><img src="a.png"></figure>'
    '<h3 class="h">{title}</h3><a class="who" href="/author/{who}">{who}</a>'
    ' <time datetime="2026-11-0{day}T10:00Z">{day} November</time> <button>Save</button></article>',
    "threads and how many answered": '<li class="Item"><div class="Discussion"><h3 class="Title">'
    '<a href="/discussion/{slug}">{title}</a></h3><p class="Excerpt">Does any of you know it …</p>'
    '<span class="Count">{day} comments</span> Most recent by <a href="/profile/{who}">{who}</a>'
    ' <span class="LastCommentDate">January {day}</span> <a href="#b">Reply</a></div></li>',
    "last posts of boards": '<div class="board"><b>Bread</b><div class="lastpost"><p><b>Last post'
    '</b> by <a href="/profile/{who}">{who}</a> in <a href="/t/{slug}">{title}</a> on'
    " April {day}, 2026, 22:38:43 PM</p></div></div>",
    "last answers in a table of threads": '<table><tr><td class="title"><a href="/node/{slug}">{title}'
    '</a></td><td class="created">{day} years 44 weeks ago<br>by <a href="/user/{who}">{who}</a></td>'
    '<td class="last-reply">{day} years 43 weeks ago<br>by <a href="/user/{who}" title="View user '
    'profile.">{who}</a></td></tr></table>',
    "previews of articles": '<div class="article_preview"><h3><a href="/{slug}">{title}</a></h3>'
    '<div class="name"><a href="/member/{who}">{who}</a> <img class="avatar" src="a.png">'
    "<span>View profile and forum posts of the baker</span> Published {day}.03.2016 13:45</div>"
    "<p>It began in the mill, and it did not end there.</p></div>",
    "rows that lead on when clicked": '<div class="line" onclick="window.location=\'/{slug}\'">'
    '<b class="name">{who} Mills</b> <i class="d">{day} hours ago</i> <p>Nobody asks what the {day}'
    ' of us eat</p><a href="#m">Reply</a></div>',
    "titles of other articles": '<div class="mr-{day}"><a class="bold" href="/article/{slug}">'
    '{title}</a><div class="hidden">What it says.</div><div class="i"><time datetime='
    '"2026-11-0{day}T10:00Z">{day}/11/2026</time> <div>'
    'By <a href="/author/{who}">{who}</a></div></div></div>',
    "threads that show their last post": '<div class="box_thread"><div class="l"><a href="/forum/'
    '{slug}">{who} asks</a><br><strong>Letzter Beitrag:</strong> Wie mahlt man das am besten, und '
    'wo?</div><div>{day}.03.2026 - 16:22<br><div class="thread_user">von: {who}</div></div>'
    '<div><a href="/forum/{slug}#b{day}">Zum letzten Beitrag</a></div></div>',
    "threads that show their last reply": '<div class="box_thread"><div class="l"><a href="/forum/'
    '{slug}">{who} asks</a><br><strong>آخرین ارسال:</strong> How is it milled, and where, and when?'
    '</div><div>{day}.03.2026 - 16:22<br><div class="thread_user">{who}</div></div></div>',
}  # fmt: skip


@pytest.mark.parametrize("entry", NO_COMMENTS.values(), ids=NO_COMMENTS.keys())
def test_a_list_holds_no_comments(entry: str) -> None:
    assert read(listed(entry)) == []


@pytest.mark.parametrize("entry", NO_COMMENTS.values(), ids=NO_COMMENTS.keys())
def test_comments_are_heard_beside_a_list(entry: str) -> None:
    page = f"{listed(entry)}<section><h2>Comments</h2>{remarks(*PEOPLE)}</section>"
    assert names(read(page)) == [*PEOPLE]


@pytest.mark.parametrize("posted", ["Posted", "Eingestellt", "Publicado el", "ارسال شده"])
def test_a_label_before_a_day_is_nobodys_name(posted: str) -> None:
    offer = (
        '<div class="reply-button-row"><button class="reply-button">reply</button>'
        '<div class="fave"><i>favorite</i></div><div class="flag"><i>flag</i></div>'
        '<div class="reply-flap"><h4>Contact information:</h4><p class="print">print</p></div>'
        f'<p class="postinginfo display-date">{posted} <time datetime="2026-11-20T16:05:19Z">'
        "20 November</time></p></div>"
    )
    assert read(f'<main><h1>A millstone</h1><div class="bar">{offer}</div></main>') == []


PARAGRAPHS = (
    "<p><strong>The winter show of the old mill with its three hundred things is opened</strong> "
    "<strong>on 22 November 2026</strong> <strong>in the Long Barn.</strong></p>"
    "<p>In this year too the doors of the old mill are open to all of us. Until <strong>the 25 "
    "February 2027 </strong>it is shown how grain was ground, and what came out of it.</p>"
    "<p>A ticket is best had before, for a set hour and day. <strong>The sale begins on 1 November "
    "2026</strong> at the gate of the mill, and in each of the shops of the guild.</p>"
)


def test_the_paragraphs_of_an_article_are_no_comments() -> None:
    assert read(f'<main><div class="entry-content"><h1>Mills</h1>{PARAGRAPHS}</div></main>') == []


def test_paragraphs_that_end_with_a_name_are_heard() -> None:
    signed = "".join(
        f'<p>{SAID.format("The carter")} <b class="name">{who}</b>, <i>{day} November 2026</i> '
        "<button>Reply</button></p>"
        for day, who in enumerate(PEOPLE, 1)
    )
    page = f'<main><div class="guestbook"><h2>Guestbook</h2>{signed}</div></main>'
    assert names(read(page)) == [*PEOPLE]


SENT = "".join(
    f'<li class="{{0}}"><span class="copy">On day {day} the mill was closed.</span> <i><a href="/s/'
    f'{day}">{day} hours ago</a> <span class="from">from <a href="https://pen.example/" rel='
    f'"nofollow">QuillDeck</a></span></i> <a href="/r/{day}" title="Reply">Reply</a></li>'
    for day in range(1, 6)
)


def test_what_they_were_written_with_is_nobodys_name() -> None:
    assert read(f"<main><ul>{SENT.format('')}</ul></main>") == []


def test_one_who_speaks_alone_is_heard_where_comments_are_named() -> None:
    page = f"<h2>Comments</h2><ul>{SENT.format('comment')}</ul>"
    assert names(read(f"<main>{page}</main>")) == ["QuillDeck"] * 5


def test_the_user_of_a_german_comment_is_its_author_and_not_its_title() -> None:
    said = (
        '<div class="kommentare"><div class="item"><div class="benutzer">Mina7</div><div '
        'class="datum">31.10.2026, 19.18 Uhr</div><h5>Ach ja...</h5><div class="kommentar-text">'
        "Es gab dieses Jahr Korn genug.</div></div></div>"
    )
    assert names(read(f"<main>{said}</main>")) == ["Mina7"]


def test_a_comment_that_is_shown_at_its_own_place_on_a_click_is_heard() -> None:
    rows = "".join(
        remark(who, day).replace('"q7"', f'"q7" onclick="location.href=\'#c{day}\'"')
        for day, who in enumerate(PEOPLE, 1)
    )
    assert names(read(f"<main>{rows}</main>")) == [*PEOPLE]


def test_what_the_margin_shows_of_other_pages_is_none() -> None:
    other = "".join(
        f'<li class="post_comment"><b>{who}</b> <span class="time">09:1{day}</span>'
        f" <p>Bread and water {day}</p></li>"
        for day, who in enumerate(PEOPLE)
    )
    margin = f'<ul class="sidebar"><li><h4>New comments</h4><ul>{other}</ul></li></ul>'
    assert names(read(f"<main><h1>Mills</h1>{remarks(*PEOPLE)}</main>{margin}")) == [*PEOPLE]
    assert read(f"<main><h1>Mills</h1><p>Nobody spoke.</p></main>{margin}") == []


def test_a_page_that_is_called_side_bar_as_a_whole_is_read() -> None:
    said = f'<div class="comments"><h2>Comments</h2>{remarks(*PEOPLE)}</div>'
    assert names(read(f'<div class="sidebar"><h1>Mills</h1>{said}</div>')) == [*PEOPLE]


def test_one_article_is_no_comment_because_the_whole_page_is_called_so() -> None:
    article = remark("Mina").replace("q7", "story")
    assert read(article.replace("<button>Reply</button>", "")) == []
    page = f'<!doctype html><body class="comments-open discussion">{article}</body>'
    saved = parse_saved("https://mill.example.org/p", page.encode(), ENTRIES, run, "2026-11-22")
    assert saved.items == []


def test_the_head_and_the_body_of_a_post_are_one_record() -> None:
    posts = "".join(
        f'<li class="message"><div class="by"><a class="username" href="/members/{who}">{who}</a>'
        f' <i class="d">{day} November 2026</i><p>Baker’s hand</p></div><div class="said">'
        f'<p>{SAID.format(who)}</p><a class="username" href="/members/{who}">{who}</a>'
        f' <i class="d">{day} November 2026</i> <a href="#r">Reply</a></div></li>'
        for day, who in enumerate(PEOPLE, 1)
    )
    items = read(f"<main><ol>{posts}</ol></main>")
    assert names(items) == [*PEOPLE]
    assert all(item["text"].startswith("Mina says") for item in items if "Mina" in item["text"])


def test_numbers_of_a_script_are_nobody() -> None:
    page = (
        '<div class="reviews"><ul class="review_meta"><li>2026-12-02, T10:40:12.286-06:00</li>'
        "<li>loc_en_US, sid_418295, prod, sort_default</li></ul></div>"
    )
    assert read(f"<main><h2>Reviews</h2>{page}</main>") == []


# -- what is told to machines ----------------------------------------------------------------

REVIEW: Json = {
    "@type": "Review",
    "author": {"@type": "Person", "name": "Anselm"},
    "reviewBody": "Grinds all day, and never asks for oil.",
    "datePublished": "2026-11-12",
}
MILL = {"@type": "Organization", "name": "The Mill Weekly"}


def told(*nodes: Json) -> list[Json]:
    graph = json.dumps({"@context": "https://schema.org", "@graph": nodes})
    return read("<main><p>x</p></main>", f'<script type="application/ld+json">{graph}</script>')


def test_the_review_that_a_paper_publishes_is_its_article() -> None:
    assert told({**REVIEW, "publisher": MILL}) == []
    assert told({**REVIEW, "@type": ["Review", "NewsArticle"]}) == []
    assert names(told(REVIEW)) == ["Anselm"]


def test_what_readers_say_of_such_a_review_stays() -> None:
    said = {"@type": "Comment", "text": "So does mine.", "author": {"name": "Noor"}}
    assert names(told({**REVIEW, "publisher": MILL, "comment": [said]})) == ["Noor"]


def test_reviews_of_many_stay_whoever_publishes_them() -> None:
    other = {**REVIEW, "author": {"name": "Zoe"}, "reviewBody": "Too loud for me."}
    found = told({**REVIEW, "publisher": MILL}, {**other, "publisher": MILL})
    assert names(found) == ["Anselm", "Zoe"]
    product = {"@type": "Product", "name": "Mill", "review": {**REVIEW, "publisher": MILL}}
    assert names(told(product)) == ["Anselm"]


def test_a_review_by_nobody_is_a_placeholder() -> None:
    assert told({"@type": "Review", "reviewBody": "Lorem ipsum dolor sit amet."}) == []
    unsigned = {"@type": "Review", "reviewBody": "Bought as a gift."}
    assert names(told(REVIEW, unsigned)) == ["Anselm", ""]
    stars = {"@type": "Review", "reviewRating": {"ratingValue": "5"}}
    assert told({**stars, "author": "anonymous"}) == []
    assert names(told({**stars, "author": "Zoe Quay"})) == ["Zoe Quay"]


# -- what people say under a question or an answer -------------------------------------------


def test_comments_under_an_answer_that_is_marked_up_answer_it() -> None:
    under = "".join(
        f'<li class="comment"><span class="copy">{SAID.format(who)}</span>'
        f' <a class="comment-user" href="/users/9/{who}">{who}</a>'
        f' <time datetime="2026-11-0{day}T08:00Z">{day} November</time></li>'
        for day, who in enumerate(("Noor", "Zoe"), 1)
    )
    answer = (
        '<div id="answer-10381" itemscope itemtype="https://schema.org/Answer">'
        '<link itemprop="url" href="/q/7#answer-10381">'
        '<div itemprop="text"><p>On Mondays the wheel is greased.</p></div>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        '<b itemprop="name">Anselm</b></span>'
        '<time itemprop="dateCreated" datetime="2026-11-01T07:00Z">1 November</time>'
        f'<ul class="comments-list">{under}</ul></div>'
    )
    said, *comments = read(f"<main>{answer}</main>")
    assert names([said, *comments]) == ["Anselm", "Noor", "Zoe"]
    assert said["text"] == "On Mondays the wheel is greased."
    assert {item["parent_id"] for item in comments} == {said["id"]}


# -- what is the page itself -----------------------------------------------------------------


def test_a_page_with_a_switch_for_comments_in_its_name_is_no_comment() -> None:
    page = (
        '<div class="enableViewCommentsCTA"><article><h1>The mill stands still</h1><div class="by-author">'
        "Mina Quill</div> <time datetime='2026-11-03T10:00Z'>3 November</time>"
        f"<p>{SAID.format('The guild')}</p><button>Share</button></article></div>"
    )
    assert read(page) == []


def test_a_line_with_name_and_day_is_not_what_was_said_below_it() -> None:
    rows = "".join(
        f'<div class="comment_item"><div class="comment_infos"><div class="comment_author">Soumis par '
        f'<span class="comment_author_name">{who}</span>, le lundi {day} octobre 2026 à 15h46</div></div>'
        f'<div class="comment_content"><p>{SAID.format(who)}</p></div></div>'
        for day, who in enumerate(PEOPLE, 1)
    )
    found = read(f"<main><h3>Commentaires</h3>{rows}</main>")
    assert [item["text"] for item in found] == [SAID.format(who) for who in PEOPLE]


def test_the_day_a_person_joined_is_not_when_they_spoke() -> None:
    rows = "".join(
        f'<div class="post"><b class="name">{who}</b><span class="postdetails"><b>Joined:</b> '
        f'May {day}, 2005 8:29 am</span><span class="postdetails">Posted: Sun Jun {day}, 2026 11:07 am'
        f'</span><p class="postbody">{SAID.format(who)}</p><a href="#q">Quote</a></div>'
        for day, who in enumerate(PEOPLE, 10)
    )
    found = read(f"<main>{rows}</main>")
    assert [item["published"]["shown"] for item in found] == [
        f"Jun {day}, 2026 11:07 am" for day in range(10, 15)
    ]


def test_the_shops_answer_is_not_what_its_customer_said() -> None:
    rows = "".join(
        f'<div class="review"><b class="name">{who}</b> <i class="date">{day} November 2026</i>'
        f'<div class="review-text">It is good, says {who}.</div><div class="reply-content">'
        f"Thank you, {who}, for these kind words about our mill; we hope to see you again.</div></div>"
        for day, who in enumerate(PEOPLE, 1)
    )
    found = read(f"<main><h3>Reviews</h3>{rows}</main>")
    assert [item["text"] for item in found] == [f"It is good, says {who}." for who in PEOPLE]
