import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.browser = { storage: {} };
const { allowsResponses, conversationAt, keepFor, notGranted, patternsOf, sitesOfPlugins, sitesWithResponses } = await import("../../extension/background/choices.js");

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

const chat = { name: "chat", messages: ["https://chat.example/dm*"] };
const conversation = (url, more = {}, policy = {}) => {
  const sites = [{ ...site("chat.example", "everything"), messages: true, ...more.site }];
  const conversations = [{ site: "chat.example", url: "https://chat.example/dm#mira" }];
  return conversationAt([chat], { sites, conversations, ...more.choices }, policy, url);
};

const conversations = [
  ["the very one that was switched on", ["https://chat.example/dm#mira"], "on"],
  ["another in the same document", ["https://chat.example/dm#bogdan"], "off"],
  ["the list of them all", ["https://chat.example/dm"], "off"],
  ["an address with an empty query", ["https://chat.example/dm?#mira"], "on"],
  ["one on a site where messages are not allowed", ["https://chat.example/dm#mira", { site: { messages: false } }], "off"],
  ["a plan without conversations", ["https://chat.example/dm#mira", { choices: { conversations: undefined } }], "off"],
  ["what an organisation forbids", ["https://chat.example/dm#mira", {}, { messages: false }], "forbidden"],
  ["a page without messages", ["https://chat.example/t/1", {}, { messages: false }], null],
];
for (const [name, given, state] of conversations) {
  test(`${name} is ${state ?? "no conversation"}`, () => assert.equal(conversation(...given), state));
}

test("responses are allowed for the narrowest site alone", () => {
  const chosen = { sites: [{ ...site("reddit.com", "everything"), responses: true }, site("old.reddit.com", "everything")] };
  assert.equal(allowsResponses(chosen, "https://www.reddit.com/"), true);
  assert.equal(allowsResponses(chosen, "https://old.reddit.com/"), false);
  assert.deepEqual(sitesWithResponses(chosen).map((one) => one.site), ["reddit.com"]);
});

const plugin = { name: "my", label: "My site", package: "my-plugin", matches: ["https://my.example/t/*", "*://*/*"] };
test("the sites of a plugin from elsewhere are asked for until they are allowed", () => {
  const [asked] = sitesOfPlugins([plugin, { ...plugin, package: undefined }], [], {});
  assert.deepEqual(asked, { label: "My site", patterns: ["https://my.example/*"] });
  for (const granted of ["https://my.example/*", "https://*.example/*", "*://*/*"]) {
    assert.deepEqual(sitesOfPlugins([plugin], [granted], {}), [], granted);
  }
  assert.deepEqual(sitesOfPlugins([plugin], [], { allowed_sites: ["other.example"] }), []);
});
