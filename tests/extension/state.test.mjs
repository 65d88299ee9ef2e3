import assert from "node:assert/strict";
import { test } from "node:test";
import { agentTrouble, controls, siteState } from "../../extension/pages/state.js";

const fine = { paired: true, agentAllowed: true, link: "ok" };
const here = { host: "forum.example.org", granted: true, own: false, pause: { everywhere: false, until: null, site: false } };

test("nothing is wrong with an agent that answers", () => assert.equal(agentTrouble(fine), null));
test("a missing permission comes before everything", () =>
  assert.equal(agentTrouble({ ...fine, agentAllowed: false, paired: false }), "blocked"));
test("not connected comes before the last answer", () =>
  assert.equal(agentTrouble({ ...fine, paired: false, link: "absent" }), "unpaired"));
test("a starting agent counts as absent", () => assert.equal(agentTrouble({ ...fine, link: "busy" }), "absent"));

test("a granted site is listened to", () => assert.equal(siteState(here), "open"));
test("a page of the browser has nothing to hear", () => assert.equal(siteState({ ...here, host: "" }), "nothing"));
test("a pause for all outranks that of the site", () =>
  assert.equal(siteState({ ...here, pause: { everywhere: true, until: 1, site: true } }), "paused_everywhere"));

test("the inbox is never offered while a stranger is in its place", () =>
  assert.equal(controls({ trouble: "stranger", site: "open" }).inbox, false));
test("before pairing only connecting is offered", () =>
  assert.deepEqual(Object.values(controls({ trouble: "unpaired", site: "closed" })), Array(6).fill(false)));
