import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.browser = { storage: {} };
const { choicesFor } = await import("../../extension/background/plan.js");

const entries = [
  { name: "forum", matches: ["https://forum.example.org/*"], markers: ["meta.forum"], items: [".post"] },
  { name: "blog", matches: [], markers: ["body.blog"], items: [".comment"] },
  { name: "webpage", matches: ["*://*/*"], markers: [], items: [".h-entry"] },
];

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
