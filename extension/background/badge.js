// The number on the toolbar button: heard in this tab, or a sign that something needs a look.
import { api } from "./browser.js";
import { link } from "./connection.js";

const CALM = "#2f5d50";
const TROUBLE = "#a33b20";
const TROUBLES = new Set(["absent", "stranger", "token"]);

export async function showCounts(tab, { heard }) {
  await api.action.setBadgeText({ tabId: tab, text: heard ? shortened(heard) : "" }).catch(() => {}); // tab closed
}

export async function showLink() {
  const trouble = TROUBLES.has(await link.read());
  await api.action.setBadgeBackgroundColor({ color: trouble ? TROUBLE : CALM });
  await api.action.setBadgeText({ text: trouble ? "!" : "" });
}

const shortened = (number) => (number < 1000 ? String(number) : `${Math.floor(number / 1000)}k`);

export function keepBadges() {
  link.onChange(showLink);
  api.storage.session.onChanged.addListener((changes) => {
    for (const [key, { newValue }] of Object.entries(changes)) {
      if (key.startsWith("tab:") && newValue) showCounts(Number(key.slice(4)), newValue);
    }
  });
}
