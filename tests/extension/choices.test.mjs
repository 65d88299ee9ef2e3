import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.browser = { storage: {} };
const { keepFor, notGranted, patternsOf } = await import("../../extension/background/choices.js");

const site = (name, keep) => ({ site: name, keep, patterns: [`https://${name}/*`, `https://*.${name}/*`] });
const choices = { sites: [site("reddit.com", "about_us"), site("r.reddit.com", "by_hand")], elsewhere: "everything" };

const kept = [
  ["https://reddit.com/r/x", "about_us"],
  ["https://old.reddit.com/", "about_us"],
  ["https://a.r.reddit.com/", "by_hand"],
  ["https://notreddit.com/", "everything"],
  ["about:blank", "everything"],
];
for (const [url, keep] of kept) test(`of ${url} is kept: ${keep}`, () => assert.equal(keepFor(choices, url), keep));

const waiting = (granted, policy = {}) => notGranted(choices, granted, policy).map((one) => one.site);
test("a chosen site waits until it is allowed", () => assert.deepEqual(waiting([]), ["reddit.com"]));
test("the site itself, a part of it, or all sites allowed is enough", () => {
  for (const pattern of ["https://*.reddit.com/*", "https://www.reddit.com/*", "*://*.com/*", "https://*/*"]) {
    assert.deepEqual(waiting([pattern]), [], pattern);
  }
});
test("another site allowed is not", () => assert.deepEqual(waiting(["https://notreddit.com/*"]), ["reddit.com"]));
test("what the organisation forbids is not asked for", () =>
  assert.deepEqual(waiting([], { allowed_sites: ["example.org"] }), []));

test("only patterns of the chosen site itself are asked for", () => {
  const patterns = ["https://reddit.com/*", "https://*.reddit.com/*", "https://*/*", "<all_urls>", "https://evil.example/*"];
  assert.deepEqual(patternsOf([{ site: "reddit.com", patterns }]), ["https://reddit.com/*", "https://*.reddit.com/*"]);
});
