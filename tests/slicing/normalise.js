// The one normal form in which cut markup is compared (see normalise in tests/unit/test_slicing.py).
// Elements in lower case, attributes sorted by name, class tokens joined by one space, void elements
// without a slash, comments kept. Text is as it is, but a text of nothing but white space, outside
// pre and textarea, is one newline (where it has one) or one space: BeautifulSoup reads it so.
// In the table a cut's ref is the position of the fragment in the list. Ancestors are compared as
// the opening tag of the same form. Pass the markup of one element.

const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const RAW = new Set(["script", "style"]);

const escapeText = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\u00a0/g, "&nbsp;");
const escapeValue = (text) =>
  text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/\u00a0/g, "&nbsp;");

const textOf = (node) => {
  if (/[^\t\n\f\r ]/.test(node.data) || node.parentElement?.closest("pre, textarea")) return node.data;
  return node.data.includes("\n") ? "\n" : " ";
};

const attributesOf = (element) =>
  [...element.attributes]
    .map(({ name, value }) => [name, name === "class" ? value.trim().split(/\s+/).join(" ") : value])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}="${escapeValue(value)}"`)
    .join("");

const serialise = (node) => {
  if (node.nodeType === Node.COMMENT_NODE) return `<!--${node.data}-->`;
  if (node.nodeType === Node.TEXT_NODE)
    return RAW.has(node.parentNode.localName) ? node.data : escapeText(textOf(node));
  const name = node.localName;
  const opening = `<${name}${attributesOf(node)}>`;
  if (VOID.has(name)) return opening;
  const children = name === "template" ? node.content.childNodes : node.childNodes;
  return `${opening}${[...children].map(serialise).join("")}</${name}>`;
};

export const normalise = (markup) => {
  const holder = document.createElement("template");
  holder.innerHTML = markup; // declarative shadow roots stay plain templates here
  return serialise(holder.content.firstElementChild);
};
