// The sites the person granted, and nothing else: permissions become registered content scripts.
import { api } from "./browser.js";

/** What reads a page, and the script that goes on listening. */
export const READING_FILES = ["page", "slice", "clock", "watch"].map((name) => `content/${name}.js`);
const CONTENT_FILES = [...READING_FILES, "content/main.js"];

export const AGENT_ORIGIN = "http://127.0.0.1/*";
const SAMPLE = "http://127.0.0.1/sample*"; // patterns know no port: main.js compares it

/** Origins the person granted, as match patterns. */
export async function grantedSites() {
  const { origins = [] } = await api.permissions.getAll();
  return origins.filter((origin) => origin !== AGENT_ORIGIN).sort();
}

/** Register the content script for exactly what is granted now. */
export async function registerSites() {
  const known = await api.scripting.getRegisteredContentScripts();
  if (known.length) await api.scripting.unregisterContentScripts();
  const matches = await grantedSites();
  await api.scripting.registerContentScripts([
    script("sample", [SAMPLE]),
    ...(matches.length ? [script("sites", matches)] : []),
  ]);
}

const script = (id, matches) => ({
  id,
  matches,
  js: CONTENT_FILES,
  allFrames: true,
  matchOriginAsFallback: matches.every((pattern) => pattern.endsWith("/*")),
  runAt: "document_idle",
});

/** Start listening in tabs that were open before their site was granted. */
export async function injectInto(origins) {
  const tabs = await api.tabs.query({ url: origins });
  await Promise.all(tabs.map((tab) => inject(tab.id).catch(() => {}))); // discarded, or an error page
}

const inject = (tabId) =>
  api.scripting.executeScript({ target: { tabId, allFrames: true }, files: CONTENT_FILES });
