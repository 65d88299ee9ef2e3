import assert from "node:assert/strict";
import { test } from "node:test";
import { expressionOf, matchesPattern } from "../../extension/background/url_pattern.js";

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

const addresses = [
  "https://example.org/", "http://example.org/a", "https://sub.example.org/a?b=c", "https://example.org:8443/a/x",
  "https://notexample.org/a", "https://example.org.evil.example/a", "https://evil.example/https://example.org/a",
  "https://user:p@example.org/a", "https://example.org./a", "https://exampleXorg/a",
];
const patterns = ["https://example.org/*", "*://*.example.org/a*", "http://example.org/a", "<all_urls>", "https://example.org/a?b=*", "*://*/a"];
for (const pattern of patterns) {
  test(`as a regular expression ${pattern} means the same`, () => {
    const expression = new RegExp(expressionOf(pattern), "s");
    for (const url of addresses.filter((each) => !each.includes("@"))) {
      assert.equal(expression.test(new URL(url).href), matchesPattern(pattern, url), url);
    }
  });
}
test("an address with a password in it fits no expression", () =>
  assert.equal(patterns.some((pattern) => new RegExp(expressionOf(pattern), "s").test("https://user:p@example.org/a")), false));
