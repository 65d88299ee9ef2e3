// Empties the outbox into the agent, one batch at a time, and backs off when that fails.
//
// Before each request that carries the token the agent must prove itself: another program may have
// taken the port a moment ago.
import { AgentError, proveIdentity, sendCaptures } from "./agent.js";
import { Stored, api } from "./browser.js";
import { connection, link } from "./connection.js";
import { countResults, noteRefusals } from "./counts.js";
import { outbox } from "./outbox.js";
import { refreshPlan } from "./plan.js";

const GATHER_MS = 25; // fragments of one moment leave together
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const PLAN_AGE_MS = 25_000;
const ALARM = "send";
const REFRESH_MINUTES = 0.5;
const REFRESH = "refresh"; // also where nothing is heard, choices made in the inbox should arrive

const backoff = new Stored("session", "backoff", { failures: 0, notBefore: 0 });
let planOf = null; // the token it was read with
let planReadAt = 0;
let running = null;
let again = false;
let gathering = null;
let planListener = () => {};

export const onPlanChange = (callback) => (planListener = callback);

/** There is something to send, or a reason to try. */
export function wakeSender() {
  gathering ??= setTimeout(() => {
    gathering = null;
    send();
  }, GATHER_MS);
}

/** Try now, whatever the back-off says. */
export async function retryNow() {
  await backoff.write({ failures: 0, notBefore: 0 });
  planReadAt = 0;
  await send();
}

export function sendOnAlarm() {
  api.alarms.onAlarm.addListener(({ name }) => [ALARM, REFRESH].includes(name) && send());
}

/** Look for news: what was chosen in the inbox, or a plugin that was enabled, is here within a minute. */
export async function keepRefreshing() {
  const known = await api.alarms.get(REFRESH); // also of a version that looked more seldom
  if (known?.periodInMinutes !== REFRESH_MINUTES) await api.alarms.create(REFRESH, { periodInMinutes: REFRESH_MINUTES });
}

/** One run at a time; a call during a run makes it look once more before it ends. */
function send() {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      await attempt();
    }
  })().finally(() => (running = null));
  return running;
}

async function attempt() {
  const paired = await connection();
  if (!paired || Date.now() < (await backoff.read()).notBefore) return;
  try {
    await prepare(paired);
    for (let batch = await outbox.oldest(); batch; batch = await outbox.oldest()) await deliver(paired, batch);
    await backoff.write({ failures: 0, notBefore: 0 });
    await link.write("ok");
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    await failed(error);
  }
}

/** Have the plan not older than half a minute, and nobody else's; reading it shows that the agent is there. */
async function prepare(paired) {
  if (planOf === paired.token && Date.now() < planReadAt + PLAN_AGE_MS) return;
  await proveIdentity(paired);
  await link.write("ok");
  planOf = paired.token;
  planReadAt = Date.now();
  if (await refreshPlan(paired)) planListener();
}

async function deliver(paired, { visit, page, tab, rows }) {
  await proveIdentity(paired);
  let results;
  try {
    results = await sendCaptures(paired, bodyOf(page, rows));
  } catch (error) {
    if (error.kind !== "rejected") throw error;
    return rejected(paired, { visit, page, tab, rows }, error);
  }
  await settle({ page, tab, visit, rows }, results);
}

/** Keep what the agent did not mention; everything it answered is final here. */
async function settle({ page, tab, visit, rows }, results) {
  const answered = new Set(results.map(({ fragment }) => fragment));
  const final = rows.filter((row) => answered.has(row.id));
  if (!final.length) throw new AgentError("busy", "the agent answered for none of the fragments");
  const refused = results.filter(({ status }) => status === "refused");
  if (refused.length) await noteRefusals(page.url, refused.map(({ error }) => error ?? ""));
  await countResults(tab, visit, rows, results);
  await outbox.remove(final);
}

/** A batch refused as a whole: halve it until the fragment at fault is alone. */
async function rejected(paired, batch, error) {
  const { rows } = batch;
  if (rows.length === 1) {
    return settle(batch, [{ fragment: rows[0].id, status: "refused", error: error.message }]);
  }
  const middle = Math.ceil(rows.length / 2);
  await deliver(paired, { ...batch, rows: rows.slice(0, middle) });
  await deliver(paired, { ...batch, rows: rows.slice(middle) });
}

/** The fragments are JSON text already. */
function bodyOf(page, rows) {
  const head = JSON.stringify({ batch: crypto.randomUUID(), sent_at: new Date().toISOString(), page });
  return `${head.slice(0, -1)},"fragments":[${rows.map((row) => row.json).join(",")}]}`;
}

async function failed(error) {
  planReadAt = 0;
  await link.write(error.kind);
  const { failures } = await backoff.read();
  const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
  await backoff.write({ failures: failures + 1, notBefore: Date.now() + wait });
  setTimeout(send, wait + GATHER_MS); // while this worker lives; the alarm is for the next one
  await api.alarms.create(ALARM, { delayInMinutes: Math.max(0.5, wait / 60_000) });
}
