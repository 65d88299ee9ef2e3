// What became of what was heard, tab by tab, for the popup and the badge.
import { Stored, api, storedPerTab } from "./browser.js";

const NOTHING = { heard: 0, fresh: 0, unknown: 0, not_kept: 0, refused: 0 };
const MAX_REFUSALS = 20;
const LATE_FRAME_MS = 3000; // a frame may report before the page it lies in

const stored = storedPerTab("tab", { ...NOTHING, visits: {} });

/** The last captures the agent refused for good: `[{url, message, at}]`. */
export const refusals = new Stored("local", "refusals", []);

/** A visit began; one of the whole tab starts the count anew. */
export function beginVisit(tab, visit, isTop) {
  const now = Date.now();
  return stored(tab).update((counts) => {
    if (visit in counts.visits) return counts;
    if (!isTop) return { ...counts, visits: { ...counts.visits, [visit]: now } };
    const frames = Object.entries(counts.visits).filter(([, begun]) => begun > now - LATE_FRAME_MS);
    return { ...NOTHING, visits: { ...Object.fromEntries(frames), [visit]: now } };
  });
}

/** Whether a visit is one of the page that the tab shows now. */
export const isVisitIn = async (tab, visit) => visit in (await stored(tab).read()).visits;

export async function countsOf(tab) {
  const { visits, ...counts } = await stored(tab).read();
  return counts;
}

/** Add the agent's results for rows of one visit; what was sent before is not heard again. */
export async function countResults(tab, visit, rows, results) {
  const again = new Set(rows.filter((row) => row.again).map((row) => row.id));
  const first = results.filter(({ fragment }) => !again.has(fragment));
  const more = {
    heard: keysOf(first).size,
    fresh: results.flatMap(({ items = [] }) => items).filter(({ change }) => change === "new").length,
    unknown: first.filter(({ status }) => status === "not_understood").length,
    not_kept: first.filter(({ status }) => status === "not_kept").length,
    refused: results.filter(({ status }) => status === "refused").length,
  };
  await stored(tab).update((counts) => {
    if (!(visit in counts.visits)) return counts; // the tab has gone elsewhere
    const sums = Object.fromEntries(Object.entries(more).map(([key, n]) => [key, (counts[key] ?? 0) + n]));
    return { ...counts, ...sums };
  });
}

const keysOf = (results) =>
  new Set(results.flatMap(({ items = [] }) => items).map(({ platform, id }) => JSON.stringify([platform, id])));

export const noteRefusals = (url, messages) =>
  refusals.update((list) => {
    const at = new Date().toISOString();
    return [...messages.map((message) => ({ url, message, at })), ...list].slice(0, MAX_REFUSALS);
  });

export function forgetCountsOfClosedTabs() {
  api.tabs.onRemoved.addListener((tab) => api.storage.session.remove(stored(tab).key));
}
