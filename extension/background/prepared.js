// A pairing code in the extension's own folder, put there by `earmark extension` or `earmark try`:
// nobody has to type it. Looked for while unpaired, in the first minutes and while a page of ours is open.
import { ownFile } from "./agent.js";
import { Stored, api } from "./browser.js";
import { connection, pair } from "./connection.js";

const LOOK_EVERY_MS = 3000;
const LOOK_FOR_MS = 15 * 60_000;
const ALARM = "look-for-code";
const ANSWERED = new Set(["wrong_code", "no_code"]); // asking again with the same code is of no use

/** The last code that was tried, and why it did not serve: an AgentError's kind, or nothing. */
export const tried = new Stored("local", "prepared", { code: "", problem: "" });

const until = new Stored("session", "look_until", 0); // begins anew with the browser and the extension
let timer = null;
let looking = null;

const firstMinutes = () => until.update((known) => known || Date.now() + LOOK_FOR_MS);

/** Whether the browser or the extension has just been started: then somebody may be setting it up. */
export const isEarly = async () => Date.now() < (await firstMinutes());

/** What lies in the folder: `{code, sites?}`, or null; a trial's copy names its sites. */
export const prepared = () => ownFile(api.runtime.getURL("prepared.json"));

/** Pair with the prepared code if there is one; resolves to whether it did. */
export function pairPrepared() {
  looking ??= look().finally(() => (looking = null));
  return looking;
}

/** Look every few seconds for the first minutes; the alarm wakes the next worker if this one ends. */
export async function keepLooking(onPaired) {
  clearTimeout(timer);
  if ((await connection()) || !(await isEarly())) return void (await api.alarms.clear(ALARM));
  if (await pairPrepared()) return onPaired();
  await api.alarms.create(ALARM, { delayInMinutes: 0.5 });
  timer = setTimeout(() => keepLooking(onPaired), LOOK_EVERY_MS);
}

export function lookOnAlarm(onPaired) {
  api.alarms.onAlarm.addListener(({ name }) => name === ALARM && keepLooking(onPaired));
}

async function look() {
  if (await connection()) return false;
  const code = (await prepared())?.code;
  const last = await tried.read();
  if (!code || (code === last.code && (ANSWERED.has(last.problem) || !last.problem))) return false;
  const problem = await pair(code).then(() => "", kindOf);
  if (code !== last.code || problem !== last.problem) await tried.write({ code, problem });
  return !problem;
}

/** The reason, for the options page; what is no answer of an agent is a mistake of ours. */
function kindOf(error) {
  if (!error.kind) throw error;
  return error.kind;
}
