import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesPattern } from "../../extension/background/url_pattern.js";

const fits = [
  ["https://news.ycombinator.com/item*", "https://news.ycombinator.com/item?id=1#2"],
  ["*://*.reddit.com/r/*", "http://old.reddit.com/r/x/comments/1/"],
  ["*://*.reddit.com/*", "https://reddit.com/"],
  ["*://*/*", "https://example.org:8443/a?b=c"],
  ["http://127.0.0.1/sample*", "http://127.0.0.1:47650/sample"],
  ["http://127.0.0.1:*/sample*", "http://127.0.0.1:47650/sample?x"],
  ["https://EXAMPLE.org/a+b*", "https://example.ORG/a+b/c"],
  ["<all_urls>", "https://example.org/"],
];
const misfits = [
  ["https://news.ycombinator.com/item*", "http://news.ycombinator.com/item?id=1"],
  ["https://news.ycombinator.com/item*", "https://news.ycombinator.com/"],
  ["*://*.reddit.com/*", "https://notreddit.com/"],
  ["*://*.reddit.com/*", "https://reddit.com.example.org/"],
  ["https://example.org/a.b", "https://example.org/axb"],
  ["*://*/*", "file:///etc/hosts"],
  ["*://*/*", "not an address"],
  ["nonsense", "https://example.org/"],
];

for (const [pattern, url] of fits) {
  test(`${pattern} fits ${url}`, () => assert.ok(matchesPattern(pattern, url)));
}
for (const [pattern, url] of misfits) {
  test(`${pattern} does not fit ${url}`, () => assert.ok(!matchesPattern(pattern, url)));
}
