import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.browser = { storage: {} };
const { allowsHost, strictest, understood } = await import("../../extension/background/policy.js");

test("a policy is read as far as it is one", () => {
  const said = { allowed_sites: ["Reddit.com", "https://www.example.org/x", 3, " "], messages: "no", retention_days: 0, plugins: ["a"] };
  assert.deepEqual(understood(said), { allowed_sites: ["reddit.com", "example.org"], plugins: ["a"] });
});
test("no policy forbids nothing", () => assert.ok(allowsHost(understood(undefined), "example.org")));

const policy = { allowed_sites: ["reddit.com"] };
for (const host of ["reddit.com", "www.reddit.com", "old.reddit.com", "127.0.0.1", "earmark.localhost"]) {
  test(`${host} is allowed`, () => assert.ok(allowsHost(policy, host)));
}
for (const host of ["notreddit.com", "reddit.com.example.org"]) {
  test(`${host} is not allowed`, () => assert.ok(!allowsHost(policy, host)));
}

test("of two policies the strictest of each counts", () => {
  const one = { allowed_sites: ["reddit.com", "a.example.org"], retention_days: 90, plugins: ["a", "b"] };
  const other = { allowed_sites: ["example.org", "old.reddit.com"], retention_days: 30, messages: false, plugins: ["b"] };
  assert.deepEqual(strictest(one, other), {
    allowed_sites: ["a.example.org", "old.reddit.com"], retention_days: 30, messages: false, plugins: ["b"],
  });
});
