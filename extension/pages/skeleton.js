// The beginning of a plugin, as Python, from what was picked on a page.

const WIDTH = 100;

/** A module that runs as it is: `earmark plugin dev` takes it. Everything of the page is quoted. */
export function skeletonFor({ url, candidates, author, time, text, id }, day) {
  const { hostname, protocol } = new URL(url);
  const selector = quoted(candidates[0]?.selector ?? "article");
  const name = nameOf(hostname);
  const helpers = [id && "attribute", author && "first_text", "hookimpl", "said", time && "time_of"].filter(Boolean);
  const fields = [
    id && `id=attribute(comment, ${quoted(id.attribute)}),`,
    author && `author=Author(name=first_text(comment, ${quoted(author.selector)})),`,
    time && `published=time_of(comment.select_one(${quoted(time.selector)})),`,
  ].filter(Boolean);
  const words = text ? `comment.select_one(${quoted(text.selector)})` : "comment";
  const names = ["Author", "Fragment", "Item", "Page", "Platform", ...helpers].filter((each) => each !== "Author" || author);
  return `"""Comments on ${hostname}."""

from collections.abc import Iterator

${importLine(names)}


class ${classOf(name)}(Platform):
    name, label = ${quoted(name)}, ${quoted(hostname)}
    matches = [${quoted(`${protocol}//${hostname}/*`)}]
    items = [${selector}]
    built_from = ${quoted(`one page of ${hostname}, ${day}`)}

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        comment = fragment.soup.select_one(${selector})
        if comment is None:
            return
        yield Item(
            **said(${words}),
${fields.map((field) => `            ${field}\n`).join("")}        )


@hookimpl
def register_platforms(register):
    register(${classOf(name)})
`;
}

/** A Python string: JSON's are, but for half characters, which no selector needs. */
const quoted = (text) => JSON.stringify(text.toWellFormed());

function importLine(names) {
  const line = `from earmark import ${names.join(", ")}`;
  return line.length <= WIDTH ? line : `from earmark import (\n${names.map((name) => `    ${name},\n`).join("")})`;
}

const nameOf = (hostname) => {
  const plain = hostname.replace(/^www\./, "").replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return (/^[a-z]/.test(plain) ? plain : `site_${plain}`).slice(0, 60);
};

const classOf = (name) => name.split("_").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
