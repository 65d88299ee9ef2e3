// Tells the agent how this extension is doing, for `earmark doctor` and the inbox: after a start,
// when something changed, and now and then.
import { AgentError, proveIdentity, sendCondition } from "./agent.js";
import { Stored, api } from "./browser.js";
import { notGranted } from "./choices.js";
import { connection } from "./connection.js";
import { outbox } from "./outbox.js";
import { choices, planRefusal } from "./plan.js";
import { agentSays, managedPolicy, policyNow } from "./policy.js";
import { aboutBrowser, aboutUs } from "./self.js";
import { grantedSites } from "./sites.js";

const GATHER_MS = 500; // several changes of one click are told together
const STARTS_APART_MS = 60_000;
const EVERY_MINUTES = 6 * 60;
const ALARM = "condition";

const told = new Stored("session", "condition", { at: 0, facts: "" });
let gathering = null;
let telling = Promise.resolve();

/** Tell soon, if there is anything new. */
export function conditionChanged() {
  gathering ??= setTimeout(() => {
    gathering = null;
    telling = telling.then(() => tell(EVERY_MINUTES * 60_000));
  }, GATHER_MS);
}

/** The background started. */
export async function tellCondition() {
  if (!(await api.alarms.get(ALARM))) await api.alarms.create(ALARM, { periodInMinutes: EVERY_MINUTES });
  telling = telling.then(() => tell(STARTS_APART_MS));
}

/** Listen to all that a condition is made of. */
export function keepTelling() {
  api.alarms.onAlarm.addListener(({ name }) => name === ALARM && conditionChanged());
  api.permissions.onAdded.addListener(conditionChanged);
  api.permissions.onRemoved.addListener(conditionChanged);
  api.storage.onChanged.addListener((changes) => {
    const real = ({ oldValue, newValue }) => JSON.stringify(oldValue) !== JSON.stringify(newValue);
    if (["link", "plan", "pairing"].some((key) => changes[key] && real(changes[key]))) conditionChanged();
  });
}

/** The facts, but for the moment. */
export async function condition() {
  const { version, onDisk, temporary } = await aboutUs();
  const { fragments, dropped } = await outbox.totals();
  const granted = await grantedSites();
  const policy = await managedPolicy();
  const refusal = await planRefusal();
  return {
    extension: version,
    ...(onDisk ? { on_disk: onDisk } : {}),
    temporary,
    browser: await aboutBrowser(),
    language: api.i18n.getUILanguage(),
    sites: granted,
    not_granted: notGranted(await choices(), granted, await policyNow()).map(({ site }) => site),
    ...(policy ? { policy } : {}),
    trouble: refusal ? [{ code: "plan_refused", detail: refusal }] : [],
    dropped,
    waiting: fragments,
  };
}

/** Tell what is new; what is not, when it was told at least `apart` ms ago. */
async function tell(apart) {
  const paired = await connection();
  if (!paired) return;
  const { waiting, ...lasting } = await condition();
  const facts = JSON.stringify([lasting, paired.token]);
  const last = await told.read();
  const now = Date.now();
  if (facts === last.facts && now < last.at + apart) return;
  if (await send(paired, { ...lasting, waiting, sent_at: new Date(now).toISOString() })) {
    await told.write({ at: now, facts });
  }
}

/** Whether the agent heard it; it is told again when it is there again. */
async function send(paired, body) {
  try {
    await proveIdentity(paired);
    const { extension = "", policy = {}, start = "" } = await sendCondition(paired, JSON.stringify(body));
    await agentSays.write({ extension, policy, start });
    return true;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    return error.kind === "rejected"; // an agent too old to ask
  }
}
