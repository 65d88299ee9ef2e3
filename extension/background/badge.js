// The sign on the toolbar button: heard in this tab, or that something needs a look.
import { api } from "./browser.js";
import { notGranted } from "./choices.js";
import { connection, link } from "./connection.js";
import { choices, planRefusal } from "./plan.js";
import { policyNow } from "./policy.js";
import { grantedSites } from "./sites.js";

const MARKS = {
  calm: { text: "", color: "#2f5d50" },
  trouble: { text: "!", color: "#a33b20" },
  chosen: { text: "+", color: "#8a5a00" }, // sites chosen in the inbox wait to be allowed
};
const TROUBLES = new Set(["absent", "stranger", "token"]);

/** No text means the mark for all tabs. */
export async function showCounts(tab, { heard }) {
  await api.action.setBadgeText({ tabId: tab, text: heard ? shortened(heard) : null }).catch(() => {}); // tab closed
}

export async function showMark() {
  const { text, color } = MARKS[await markNow()];
  await api.action.setBadgeBackgroundColor({ color });
  await api.action.setBadgeText({ text });
}

async function markNow() {
  if (TROUBLES.has(await link.read()) || (await planRefusal())) return "trouble";
  if (!(await connection())) return "calm";
  const waiting = notGranted(await choices(), await grantedSites(), await policyNow());
  return waiting.length ? "chosen" : "calm";
}

const shortened = (number) => (number < 1000 ? String(number) : `${Math.floor(number / 1000)}k`);

export function keepBadges() {
  api.permissions.onAdded.addListener(showMark);
  api.permissions.onRemoved.addListener(showMark);
  api.storage.onChanged.addListener((changes) => {
    if (["link", "plan", "pairing", "agent_says"].some((key) => changes[key])) showMark();
    for (const [key, { newValue }] of Object.entries(changes)) {
      if (key.startsWith("tab:") && newValue) showCounts(Number(key.slice(4)), newValue);
    }
  });
}
