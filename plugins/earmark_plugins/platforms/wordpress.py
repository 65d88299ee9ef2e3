"""Comments of WordPress posts and WooCommerce reviews, on any host.

Built from **real** pages (themes of 2013 to 2023) and the **documented** output of core's comment
walker and comment blocks (a test page of WordPress 6.1); WooCommerce reviews are **unverified**.
Stable hooks: `comment-N` ids, the reply link's `data-postid`, by which the root is known.
Pingbacks and trackbacks are machines telling of links, so they are left out.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    attribute,
    enclosing,
    found_in,
    landmarks,
    links_in,
    numbered,
    outermost,
    text_of,
)

from .wordpress_parts import author_in, content_in, published_in, rating_in, words_in

NOTHING_LIKE_A_COMMENT = ":not(:has(ol, ul, article, cite, time))"
# Themes name the place of comments in many ways, but comments have one of these inside or around.
NO_COMMENT = (
    ":not(:has(.comment-reply-link, .comment-body, .comment-content, .comment-author,"
    " .comment-meta, .commentmetadata, .commentlist, .comment-list, .comments-list, .avatar,"
    ' .comment_author, #commentlist, #comment_list, a[href*="replytocom="]))'
)
ID_WITHIN = 'li.comment:not([id]):has(> [id^="comment-"])'


class WordPress(Platform):
    """Comment numbers belong to one site. Where a site caps nesting, replies show as siblings."""

    name, label = "wordpress", "WordPress comments"
    markers = [
        'form[action$="/wp-comments-post.php"]',
        '.comment[id^="comment-"] [id^="div-comment-"]',
        '.comment[id^="comment-"] .comment-reply-link',
        '.wp-block-comment-template [id^="comment-"]',
        '.comment[id^="li-comment-"], .review[id^="li-comment-"]',
        'li.comment[id^="comment-"] .comment-author',
    ]
    items = [  # themes that number the list item may number the comment in it once more
        '.comment[id^="comment-"]:not(.comment[id^="li-comment-"] *)',
        '.comment[id^="li-comment-"]',
        ID_WITHIN,
        '.review[id^="li-comment-"]',
    ]
    context = [".wp-block-comments-title", ".comments-title", ".woocommerce-Reviews-title"]
    empty = [
        ".woocommerce-noreviews",
        f"#comments:has(#respond){NOTHING_LIKE_A_COMMENT}",
        f".wp-block-comments:has(#respond){NOTHING_LIKE_A_COMMENT}",
        f'body:has(form[action$="/wp-comments-post.php"]){NO_COMMENT}',
    ]
    level = "real"
    built_from = "pages of themes of 2013 to 2023; blocks from a test page of WordPress 6.1"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        comment = outermost(fragment)
        marks = landmarks(comment)
        within = next((mark[1:] for mark in marks if mark.startswith("#comment-")), None)
        number = found_in(r"^(?:li-)?comment-(\d+)$", attribute(comment, "id") or within)
        if comment is None or number is None:
            return
        content, reply = content_in(marks), marks.get(".comment-reply-link")
        yield Item(
            id=number,
            kind="review" if fragment.selector.startswith(".review") else "comment",
            text=words_in(comment, content, marks),
            author=author_in(comment, marks),
            published=published_in(comment, marks),
            url=f"#comment-{number}",
            root_id=numbered("post-", r"^(\d+)$", attribute(reply, "data-postid")),
            parent_id=enclosing(fragment, r' id="(?:li-)?comment-(\d+)"'),
            rating=rating_in(marks),
            links=links_in(content),
        )

    def expected(self, page: Page) -> str | None:
        """Only a leading number: “One response to …” may have another in the post's title."""
        titles = (found_in(r"^\W*(\d[\d.,٬]*)", text_of(f.soup)) for f in page.context)
        return next(filter(None, titles), None)


register_platforms = registering(WordPress)
