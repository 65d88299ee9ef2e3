// What content scripts ask and tell: which plan applies on this page, and what was heard there.
//
// Addresses and titles come from the browser (`sender`), never from the page. The address of a
// visit is the one at its beginning, so that late fragments keep it after a navigation.
import { api } from "./browser.js";
import { clockShapes } from "./clock.js";
import { connection } from "./connection.js";
import { beginVisit } from "./counts.js";
import { outbox } from "./outbox.js";
import { isPaused } from "./pause.js";
import { choicesFor, planHash, platforms } from "./plan.js";
import { wakeSender } from "./sender.js";
import { webAddress } from "./url_pattern.js";

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);
const FACTS = ["lang", "ui_languages", "time_zone", "utc_offset", "translated", "markers"];

/** A visit begins: what to listen to, or null. */
export async function onVisit({ visit, page }, sender) {
  wakeSender();
  const about = await placeOf(sender);
  if (!about || !(await mayListen(about))) return null;
  return (await admitVisit(visit, about, sender)) && choicesOn(about.url, page);
}

/** Fragments of a visit that was admitted; resolves once they are on disk. */
export async function onFragments({ visit, page, fragments }, sender) {
  const admitted = await visitOf(visit);
  const about = admitted ?? (await placeOf(sender));
  if (!about || about.tab !== sender.tab.id) return { kept: false };
  if (!about.once && !(await mayListen(about))) return { kept: false };
  await outbox.put(visit, await pageFor(visit, about, page, sender), sender.tab.id, withAddress(fragments, about.url));
  wakeSender();
  return { kept: true };
}

/** Let a visit in; `once` is for what a person asked for on a page that is not listened to. */
export async function admitVisit(visit, about, sender, once = false) {
  await api.storage.session.set({ [`visit:${visit}`]: { ...about, once } });
  await beginVisit(about.tab, visit, !sender.frameId);
  return true;
}

export async function choicesOn(url, page) {
  const languages = [page.lang, ...(page.ui_languages ?? [])].filter(Boolean);
  return { ...choicesFor(await platforms(), url), clocks: clockShapes(languages) };
}

const visitOf = async (visit) => (await api.storage.session.get(`visit:${visit}`))[`visit:${visit}`] ?? null;

/** Where a message comes from: `{tab, url, top_url, title}`, or null when it is no web page. */
export async function placeOf(sender) {
  const tab = await api.tabs.get(sender.tab.id); // its address as it is now, after a navigation
  const top = tab.url ?? "";
  const url = sender.frameId ? frameAddress(sender, top) : top || sender.url;
  if (!webAddress(url)) return null;
  return { tab: tab.id, url, top_url: sender.frameId ? top : url, title: tab.title ?? "" };
}

/** A frame without an address of its own (about:blank, srcdoc) has that of the page around it. */
function frameAddress({ url, origin }, top) {
  if (webAddress(url)) return url;
  return origin === undefined || origin === webAddress(top)?.origin ? top : `${origin}/`;
}

async function mayListen({ url, top_url }) {
  const paired = await connection();
  if (!paired) return false;
  const { hostname, port } = webAddress(url);
  if (LOOPBACK.has(hostname) && Number(port) !== paired.port) return false; // not our agent's sample
  const hosts = [hostname, webAddress(top_url)?.hostname].filter(Boolean);
  return !(await Promise.all(hosts.map(isPaused))).includes(true);
}

async function pageFor(visit, { url, top_url }, facts, sender) {
  const { title = "" } = await api.tabs.get(sender.tab.id);
  const known = Object.fromEntries(FACTS.map((name) => [name, facts[name]]));
  const captured_at = new Date().toISOString();
  return { visit, url, top_url, title, ...known, plan: await planHash(), captured_at };
}

const withAddress = (fragments, url) => fragments.map((fragment) => ({ ...fragment, url }));
