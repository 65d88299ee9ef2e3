import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const kept = {};
let version = "1.0";
globalThis.browser = {
  storage: { local: { get: async (key) => ({ [key]: kept[key] }), set: async (values) => Object.assign(kept, values) } },
  runtime: { getManifest: () => ({ version }) },
};
globalThis.navigator ??= { userAgent: "Node" };
let served = null;
globalThis.fetch = async (_, { headers }) => {
  if (headers["If-None-Match"] === served.plan) return new Response(null, { status: 304 });
  return new Response(JSON.stringify(served), { headers: { ETag: served.plan } });
};
const plans = await import("../../extension/background/plan.js");
const { choices, choicesFor, faultIn, planHash, planRefusal, platforms, refreshPlan, refuseSelectors } = plans;
const refresh = (plan) => refreshPlan({ port: 1, token: "t" }, (served = plan));

const entries = [
  { name: "forum", matches: ["https://forum.example.org/*"], markers: ["meta.forum"], items: [".post"] },
  { name: "blog", matches: [], markers: ["body.blog"], items: [".comment"] },
  { name: "webpage", matches: ["*://*/*"], markers: [], items: [".h-entry"] },
];
const plan = (name, more = {}) => ({ plan: name, api: 1, platforms: entries, ...more });
const byHand = { sites: [{ site: "example.org", keep: "by_hand", patterns: [] }], elsewhere: "everything" };

beforeEach(() => {
  for (const key of Object.keys(kept)) delete kept[key];
  version = "1.0";
});

test("an address that matches decides", () => {
  assert.equal(choicesFor(entries, "https://forum.example.org/1").entry.name, "forum");
});

test("elsewhere markers decide in order of precedence and the webpage entry is last", () => {
  const { entry, candidates } = choicesFor(entries, "https://example.net/");
  assert.equal(entry, null);
  assert.deepEqual(candidates.map(({ name, last }) => [name, last ?? false]), [["forum", false], ["blog", false], ["webpage", true]]);
});

test("every marker is looked for, also where the address decides", () => {
  const { markers } = choicesFor(entries, "https://forum.example.org/1");
  assert.deepEqual(markers, [{ name: "forum", selectors: ["meta.forum"] }, { name: "blog", selectors: ["body.blog"] }]);
});

test("a plan that is understood has no fault", () => assert.equal(faultIn(plan("one", { choices: byHand })), ""));
const faulty = {
  "a newer api": { api: 2 },
  "no list of platforms": { platforms: {} },
  "an entry that is none": { platforms: [null] },
  "a selector that is no text": { platforms: [{ name: "x", items: [3] }] },
  "a pattern no browser knows": { platforms: [{ name: "x", matches: ["gopher://x/"] }] },
  "choices that are none": { choices: { sites: [{ keep: "by_hand" }] } },
};
for (const [name, more] of Object.entries(faulty)) {
  test(`${name} is refused and the last good plan stays`, async () => {
    await refresh(plan("one"));
    assert.equal(await refresh(plan("two", more)), false);
    assert.equal(await planHash(), "one");
    assert.notEqual(await planRefusal(), "");
    await refresh(plan("three"));
    assert.deepEqual([await planHash(), await planRefusal()], ["three", ""]);
  });
}

test("choices are obeyed although the plan they came with is refused", async () => {
  await refresh(plan("one"));
  assert.equal(await refresh(plan("two", { api: 2, choices: byHand })), true);
  assert.deepEqual(await choices(), byHand);
});

test("a change of choices is a change", async () => {
  await refresh(plan("one"));
  served = { ...plan("one", { choices: byHand }) };
  kept.plan.etag = "older";
  assert.equal(await refresh(served), true);
});

test("a newer extension looks at a refused plan again", async () => {
  await refresh(plan("one"));
  await refresh(plan("two", { api: 2 }));
  version = "2.0";
  served = plan("two");
  assert.equal(await refresh(served), true);
  assert.equal(await planRefusal(), "");
});

test("selectors a browser cannot read bring the last plan back, and stay refused", async () => {
  const bad = plan("two", { platforms: [{ ...entries[0], items: [":new()"] }, ...entries.slice(1)] });
  await refresh(plan("one"));
  await refresh(bad);
  assert.equal(await refuseSelectors([":new()"]), true);
  assert.deepEqual([await planHash(), await planRefusal()], ["one", "forum: :new()"]);
  assert.equal(await refresh(bad), false);
  assert.equal(await planHash(), "one");
});

test("without a good plan before, only the entry at fault is left out", async () => {
  await refresh(plan("one", { platforms: [{ ...entries[0], items: [":new()"] }, ...entries.slice(1)] }));
  await refuseSelectors([":new()"]);
  assert.deepEqual((await platforms()).map(({ name }) => name), ["blog", "webpage"]);
});

test("selectors that no plan holds change nothing", async () => {
  await refresh(plan("one"));
  assert.equal(await refuseSelectors([".made-up"]), false);
  assert.equal(await planRefusal(), "");
});
