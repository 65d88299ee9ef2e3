// What plugin authors ask for on a page: record it as a case, or pick a comment to begin with.
// The click in the popup is the permission (activeTab).
import { AgentError, proveIdentity, sendCase } from "./agent.js";
import { api, storedPerTab } from "./browser.js";
import { clockShapes } from "./clock.js";
import { connection } from "./connection.js";
import { healthOf } from "./health.js";
import { expectAllowed } from "./once.js";

const RECORDING = ["page", "slice", "record"].map((name) => `content/${name}.js`);
const PICKING = ["clock", "propose", "pick"].map((name) => `content/${name}.js`);
const LONGEST = 200_000; // characters of what was picked, as JSON

/** What was picked last in a tab, or `waiting`. */
export const picked = storedPerTab("picked", null);

/** Make a case of the page; resolves to `{folder, items, replaced, different}`. */
export async function record({ tab }) {
  const { url } = await placeAt(tab);
  const paired = await connection();
  const captured_at = new Date().toISOString();
  const html = await run(tab, RECORDING, () => globalThis.earmark.recordPage(), []);
  if (!html) throw new AgentError("rejected", api.i18n.getMessage("page_too_long"));
  const { health } = await healthOf(tab);
  const platform = health?.platform ? { platform: health.platform } : {};
  await proveIdentity(paired);
  return sendCase(paired, JSON.stringify({ url, html, captured_at, ...platform }));
}

/** Let the person point at a comment in the page. */
export async function pick({ tab }) {
  await placeAt(tab);
  const [{ result: lang }] = await api.scripting.executeScript({ target: { tabId: tab }, func: () => document.documentElement.lang });
  await picked(tab).write({ waiting: true });
  await run(tab, PICKING, (clocks) => globalThis.earmark.pick(clocks), [clockShapes([lang, ...navigator.languages].filter(Boolean))]);
}

/** Somebody pointed; a page of ours shows what came of it. */
export async function onPicked({ picked: found }, sender) {
  const now = picked(sender.tab.id);
  if (!(await now.read())?.waiting || JSON.stringify(found).length > LONGEST) return false;
  await now.write(found);
  await api.tabs.create({ url: api.runtime.getURL(`pages/picked.html?tab=${sender.tab.id}`), index: sender.tab.index + 1 });
  return true;
}

export function forgetPicksOfClosedTabs() {
  api.tabs.onRemoved.addListener((tab) => api.storage.session.remove(picked(tab).key));
}

async function placeAt(tab) {
  const { url } = await api.tabs.get(tab);
  await expectAllowed({ url, top_url: url });
  return { url };
}

async function run(tabId, files, func, args) {
  const target = { tabId };
  await api.scripting.executeScript({ target, files });
  const [answer] = await api.scripting.executeScript({ target, func, args });
  if (answer.error) throw new Error(String(answer.error.message ?? answer.error)); // Firefox reports it so
  return answer.result;
}
