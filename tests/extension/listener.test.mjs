// content/main.js alone, with a browser that can be made deaf: nothing it was told may be lost.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { runInThisContext } from "node:vm";

const MAIN = readFileSync(new URL("../../extension/content/main.js", import.meta.url), "utf8");
const PLAN = { url: "https://forum.example.org/t/1", entry: { name: "forum" }, candidates: [], markers: [], clocks: [] };
let emit;
let answer;
let heard;
let asked;
let timers;
let now;
globalThis.setTimeout = (run, ms = 0) => {
  const timer = { at: now + ms, run };
  timers.push(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => (timers = timers.filter((one) => one !== timer));

class Watcher {
  constructor(options) {
    emit = options.emit;
  }
  start() {}
  stop() {}
}

/** A page of its own for each test. */
beforeEach(async () => {
  timers = [];
  now = 0;
  heard = [];
  asked = 0;
  answer = () => ({ kept: true });
  const target = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { readyState: "complete" });
  globalThis.location = { href: PLAN.url, hash: "" };
  globalThis.window = globalThis.top = target;
  globalThis.addEventListener = () => {};
  globalThis.browser = {
    runtime: {
      id: "us",
      onMessage: { addListener() {} },
      sendMessage: async (message) => {
        if (message.type === "visit") return (asked += 1), PLAN;
        const said = answer(message);
        if (said?.kept) heard.push(...message.fragments.map(({ id }) => id));
        return said;
      },
    },
  };
  globalThis.earmark = {
    PageReporter: class {
      note() {}
      stop() {}
    },
    Watcher,
    clockReader: () => () => false,
    entryFor: ({ entry }) => entry,
    markersIn: () => [],
    pageFacts: () => ({}),
    unreadableIn: () => [],
    uuid: () => "visit",
  };
  emit = null;
  runInThisContext(MAIN);
  await pass(0);
});

/** Let time go by, and whatever waits for it happen. */
async function pass(ms) {
  const end = now + ms;
  for (;;) {
    for (let turn = 0; turn < 50; turn += 1) await null;
    const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
    if (!next) break;
    now = next.at;
    timers = timers.filter((timer) => timer !== next);
    next.run();
  }
  now = end;
}

/** Long enough for every attempt at one hand-over, too short for the next. */
const wearOut = () => pass(10_000);

const fragments = (...ids) => ids.map((id) => ({ id }));
const silent = () => undefined;
const broken = () => ({ error: "disk full", kind: "" });
const gone = () => {
  throw new Error("Could not establish connection.");
};

for (const [name, failing] of Object.entries({ silent, broken, gone })) {
  test(`what a background that is ${name} did not take comes later, in order and once`, async () => {
    answer = failing;
    emit(fragments("a", "b"));
    await wearOut();
    emit(fragments("c"));
    await wearOut();
    assert.deepEqual(heard, []);
    answer = () => ({ kept: true });
    await pass(30_000);
    assert.deepEqual(heard, ["a", "b", "c"]);
    await pass(60_000);
    assert.deepEqual(heard, ["a", "b", "c"]);
  });
}

test("the next fragments take along what waits", async () => {
  answer = gone;
  emit(fragments("a"));
  await wearOut();
  answer = () => ({ kept: true });
  emit(fragments("b"));
  await pass(0);
  assert.deepEqual(heard, ["a", "b"]);
});

test("a tab that is shown or hidden tries again", async () => {
  answer = gone;
  emit(fragments("a"));
  await wearOut();
  answer = () => ({ kept: true });
  document.dispatchEvent(new Event("visibilitychange"));
  await pass(0);
  assert.deepEqual(heard, ["a"]);
});

test("of many only those that were not taken are handed over again", async () => {
  let calls = 0;
  answer = () => ((calls += 1) === 1 ? { kept: true } : undefined);
  const many = Array.from({ length: 450 }, (_, index) => String(index));
  emit(fragments(...many));
  await wearOut();
  assert.equal(heard.length, 200);
  answer = () => ({ kept: true });
  await pass(30_000);
  assert.deepEqual(heard, many);
});

test("what the background does not want any more is not offered again", async () => {
  let calls = 0;
  answer = () => ((calls += 1), { kept: false });
  emit(fragments("a"));
  await pass(0);
  await pass(60_000);
  assert.equal(calls, 1);
});

test("a visit the background forgot is begun anew, and its fragments are kept", async () => {
  let calls = 0;
  answer = () => ((calls += 1) === 1 ? { kept: false, unknown: true } : { kept: true });
  emit(fragments("a"));
  await pass(0);
  await pass(0);
  assert.deepEqual([heard, asked], [["a"], 2]);
});

test("a script whose extension was updated falls silent", async () => {
  answer = gone;
  let calls = 0;
  delete globalThis.browser.runtime.id;
  answer = () => ((calls += 1), gone());
  emit(fragments("a"));
  await wearOut();
  await pass(60_000);
  assert.equal(calls, 1);
});
