// What content scripts ask and tell: which plan applies on this page, and what was heard there.
//
// Addresses and titles come from the browser (`sender`), never from the page. The address of a
// visit is the one at its beginning, so that late fragments keep it after a navigation.
import { api, storedPerTab } from "./browser.js";
import { keepFor } from "./choices.js";
import { clockShapes } from "./clock.js";
import { connection } from "./connection.js";
import { beginVisit } from "./counts.js";
import { outbox } from "./outbox.js";
import { isPaused } from "./pause.js";
import { choices, choicesFor, planHash, platforms } from "./plan.js";
import { allowsHost, policyNow } from "./policy.js";
import { wakeSender } from "./sender.js";
import { webAddress } from "./url_pattern.js";

const REMEMBERED_MS = 60 * 60 * 1000; // an older visit that still speaks is asked to begin anew
const LOOPBACK = new Set(["127.0.0.1", "localhost"]);
const FACTS = ["lang", "ui_languages", "time_zone", "utc_offset", "translated", "markers"];

/** A visit begins: where the browser says it is and what to listen to there, or null. */
export async function onVisit({ visit, page }, sender) {
  wakeSender();
  const about = await placeOf(sender);
  if (!about || !(await mayListen(about))) return null;
  await admitVisit(visit, about, !sender.frameId);
  return { url: about.url, ...(await choicesOn(about.url, page)) };
}

/**
 * Fragments of a visit that was admitted: `{kept}` once they are on disk, or why they are not:
 * `unknown` visits must ask again, others are not wanted any more.
 */
export async function onFragments({ visit, page, fragments }, sender) {
  const about = (await visitsIn(sender.tab.id).read())[visit];
  if (!about) return { kept: false, unknown: true };
  if (!about.once && !(await mayListen(about))) return { kept: false };
  await outbox.put(visit, await pageFor(visit, about, page), sender.tab.id, withAddress(fragments, about.url));
  wakeSender();
  return { kept: true };
}

/** Let a visit in; `once` is for what a person asked for on a page that is not listened to. */
export async function admitVisit(visit, about, isTop, once = false) {
  const now = Date.now();
  await visitsIn(about.tab).update((visits) => ({
    ...Object.fromEntries(Object.entries(visits).filter(([, { begun }]) => begun > now - REMEMBERED_MS)),
    [visit]: { ...about, once, begun: now },
  }));
  await beginVisit(about.tab, visit, isTop);
}

export async function choicesOn(url, page) {
  const languages = [page.lang, ...(page.ui_languages ?? [])].filter(Boolean);
  return { ...choicesFor(await platforms(), url), clocks: clockShapes(languages) };
}

export function forgetVisitsOfClosedTabs() {
  api.tabs.onRemoved.addListener((tab) => api.storage.session.remove(visitsIn(tab).key));
}

const visitsIn = storedPerTab("visits", {});

/** Where a message comes from: `{tab, url, top_url, title}`, or null when it is no web page. */
export async function placeOf(sender) {
  const tab = await api.tabs.get(sender.tab.id);
  const top = tab.url ?? "";
  const url = sender.frameId ? frameAddress(sender, top) : topAddress(sender, top);
  if (!webAddress(url)) return null;
  return { tab: tab.id, url, top_url: sender.frameId ? top : url, title: tab.title ?? "" };
}

/**
 * The tab knows the address as it is now, also after a navigation without a new document; the
 * sender knows which site the script that speaks runs on, also when the tab has gone elsewhere.
 */
function topAddress({ url }, top) {
  return webAddress(url)?.origin === webAddress(top)?.origin ? top : url;
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
  const kept = await choices();
  if ([url, top_url].some((each) => keepFor(kept, each) === "by_hand")) return false;
  const hosts = [hostname, webAddress(top_url)?.hostname].filter(Boolean);
  const policy = await policyNow();
  if (!hosts.every((host) => allowsHost(policy, host))) return false;
  return !(await Promise.all(hosts.map(isPaused))).includes(true);
}

async function pageFor(visit, { tab, url, top_url, title: first, once }, facts) {
  const now = await api.tabs.get(tab);
  const title = now.url === top_url ? now.title : first; // the tab may show another page by now
  const known = Object.fromEntries(FACTS.map((name) => [name, facts[name]]));
  const captured_at = new Date().toISOString();
  const by_hand = once ? { by_hand: true } : {};
  return { visit, url, top_url, title, ...known, ...by_hand, plan: await planHash(), captured_at };
}

const withAddress = (fragments, url) => fragments.map((fragment) => ({ ...fragment, url }));
