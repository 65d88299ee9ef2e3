// URL match patterns, with the meaning of the agent's parse/urls.py: ports are ignored.

const PATTERN = /^(\*|https?):\/\/(\*|(?:\*\.)?[^*/:\s]+)(?::\d+|:\*)?(\/.*)$/;

/** Whether a text is a match pattern. */
export const isPattern = (pattern) => pattern === "<all_urls>" || PATTERN.test(pattern);

/** Whether `url` (with its query, without its fragment) fits one match pattern. */
export function matchesPattern(pattern, url) {
  const parts = PATTERN.exec(pattern === "<all_urls>" ? "*://*/*" : pattern);
  const address = webAddress(url);
  if (!parts || !address) return false;
  const [, scheme, host, path] = parts;
  const protocol = address.protocol.slice(0, -1);
  return (
    (scheme === "*" || scheme === protocol) &&
    fitsHost(host.toLowerCase(), address.hostname.replace(/\.$/, "")) &&
    glob(path).test(address.pathname + address.search)
  );
}

/** The same as the source of a regular expression (flag s), for where no module reaches; null for no pattern. */
export function expressionOf(pattern) {
  const [, scheme, host, path] = PATTERN.exec(pattern === "<all_urls>" ? "*://*/*" : pattern) ?? [];
  if (!host) return null;
  const schemes = scheme === "*" ? "https?" : scheme;
  return `^${schemes}://${hostExpression(host.toLowerCase())}\\.?(?::\\d+)?${globExpression(path)}$`;
}

/** The parsed address of an http(s) page, or null. */
export function webAddress(url) {
  if (!URL.canParse(url ?? "")) return null;
  const address = new URL(url);
  return /^https?:$/.test(address.protocol) ? address : null;
}

/** The host of a match pattern without its wildcard: `*` for every host, empty for no pattern. */
export function hostOfPattern(pattern) {
  const [, , host = ""] = PATTERN.exec(pattern === "<all_urls>" ? "*://*/*" : pattern) ?? [];
  return host.replace(/^\*\./, "").toLowerCase();
}

function fitsHost(pattern, host) {
  if (pattern === "*") return true;
  if (pattern.startsWith("*.")) return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
  return host === pattern;
}

function hostExpression(host) {
  if (host === "*") return "[^/?#@]+";
  return host.startsWith("*.") ? `(?:[^/?#@:]+\\.)?${escaped(host.slice(2))}` : escaped(host);
}

const glob = (path) => new RegExp(`^${globExpression(path)}$`, "s");
const globExpression = (path) => path.split("*").map(escaped).join(".*");
const escaped = (text) => text.replace(/[\\^$.+?()[\]{}|/]/g, "\\$&");

/** The match pattern of the site in what a person typed (a host or an address), or null. */
export function sitePattern(typed) {
  const text = typed.trim();
  const wild = /^(https?:\/\/)?\*\./i.test(text);
  const bare = text.replace("*.", "").replace(/\/\*$/, "");
  const address = webAddress(/^[a-z]+:\/\//i.test(bare) ? bare : `https://${bare}`);
  if (!address || !/^[^*]+\.[^*]+$/.test(address.hostname) || address.username) return null;
  return `${address.protocol}//${wild ? "*." : ""}${address.hostname}/*`;
}

/** The whole site that a plan's pattern lies on, as one can ask for it; null for every site or our own. */
export function siteOfPattern(pattern) {
  const [, scheme, host] = PATTERN.exec(pattern) ?? [];
  if (!host || host === "*" || host === "127.0.0.1" || host === "localhost") return null;
  return `${scheme === "http" ? "http" : "https"}://${host}/*`;
}
