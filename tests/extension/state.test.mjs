import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTICES, agentTrouble, controls, siteState, verdict } from "../../extension/pages/state.js";

const fine = {
  paired: true, agentAllowed: true, link: "ok", newer: false, outdated: false, temporary: false,
  refusal: "", chosen: 0, pluginSites: [], dropped: 0, site: "open", hereChosen: false,
};
const here = {
  host: "forum.example.org", own: false, allowed: true, granted: true, keep: "everything", present: true,
  pause: { everywhere: false, until: null, site: false },
};
const first = (more) => verdict({ ...fine, ...more }).first;

test("nothing is wrong with an agent that answers", () => assert.equal(agentTrouble(fine), null));
test("a missing permission comes before everything", () =>
  assert.equal(first({ agentAllowed: false, paired: false, newer: true }), "blocked"));
test("not connected comes before the last answer", () => assert.equal(first({ paired: false, link: "absent" }), "unpaired"));
test("a starting agent counts as absent", () => assert.equal(first({ link: "busy" }), "absent"));

const provoked = {
  blocked: { agentAllowed: false },
  unpaired: { paired: false },
  stranger: { link: "stranger" },
  token: { link: "token" },
  absent: { link: "absent" },
  newer: { newer: true },
  plan_refused: { refusal: "forum: :nonsense" },
  chosen: { chosen: 3 },
  plugin_sites: { pluginSites: [{ label: "My site", patterns: ["https://my.example/*"] }] },
  dropped: { dropped: 7 },
  outdated: { outdated: true },
  temporary: { temporary: true },
};
test("every notice is provoked here", () => assert.deepEqual(Object.keys(provoked), NOTICES));
for (const [name, more] of Object.entries(provoked)) {
  test(`${name} alone comes first`, () => assert.deepEqual(verdict({ ...fine, ...more }), { first: name, rest: [], site: "open" }));
}

test("what matters less stays below", () => {
  const found = verdict({ ...fine, temporary: true, dropped: 1, link: "absent", chosen: 2, site: "closed" });
  assert.deepEqual(found, { first: "absent", rest: ["chosen", "dropped", "temporary"], site: "closed" });
});
test("before pairing nothing is said of sites", () =>
  assert.deepEqual(verdict({ ...fine, paired: false, chosen: 2, site: "closed" }).rest, []));
test("the site one looks at comes before the others that were chosen", () =>
  assert.equal(first({ site: "closed", chosen: 2 }), "closed"));
test("one click for all chosen sites comes first where this is one of them", () =>
  assert.equal(first({ site: "closed", chosen: 2, hereChosen: true }), "chosen"));
test("files on disk that are newer are enough: the way to an update is not shown beside them", () =>
  assert.deepEqual(verdict({ ...fine, newer: true, outdated: true }).rest, []));
test("a site that is only captured by hand is no trouble", () => assert.equal(first({ site: "by_hand" }), null));

const sites = [
  ["a granted site is listened to", {}, "open"],
  ["a page of the browser has nothing to hear", { host: "" }, "nothing"],
  ["the inbox is named as such", { own: true }, "own"],
  ["what the organisation forbids is not offered", { allowed: false, granted: false }, "organisation"],
  ["what was granted before a policy is forbidden as well", { allowed: false }, "organisation"],
  ["by hand needs no permission", { keep: "by_hand", granted: false }, "by_hand"],
  ["a pause for all outranks that of the site", { pause: { everywhere: true, until: 1, site: true } }, "paused_everywhere"],
  ["a tab without our script is not heard", { present: false }, "unheard"],
  ["a pause needs no script", { present: false, pause: { everywhere: false, until: null, site: true } }, "paused_site"],
  ["messages the organisation forbids are not offered", { conversation: "forbidden", keep: "by_hand" }, "messages_forbidden"],
  ["a conversation is private until it is switched on", { conversation: "off" }, "private"],
  ["one that is switched on is kept whatever else is kept of the site", { conversation: "on", keep: "by_hand" }, "conversation"],
  ["a pause holds for a conversation too", { conversation: "on", pause: { everywhere: true, until: null, site: false } }, "paused_everywhere"],
  ["a site must be allowed before its conversations are spoken of", { conversation: "off", granted: false }, "closed"],
  ["pages about us are heard and chosen from", { keep: "about_us" }, "about_us"],
];
for (const [name, more, state] of sites) test(name, () => assert.equal(siteState({ ...here, ...more }), state));

test("the inbox is never offered while a stranger is in its place", () =>
  assert.equal(controls({ trouble: "stranger", site: "open" }).inbox, false));
test("before pairing only connecting is offered", () =>
  assert.deepEqual(Object.values(controls({ trouble: "unpaired", site: "closed" })), Array(7).fill(false)));
test("capturing is the first thing to do where nothing is heard by itself", () =>
  assert.equal(controls({ trouble: null, site: "by_hand" }).captureFirst, true));
for (const site of ["private", "messages_forbidden"]) {
  test(`a page that is ${site} is neither captured by hand nor recorded`, () => {
    const { capture, authors, offers } = controls({ trouble: null, site });
    assert.deepEqual([capture, authors, offers], [false, false, false]);
  });
}
test("what the organisation forbids is not captured by hand either", () =>
  assert.equal(controls({ trouble: null, site: "organisation" }).capture, false));
