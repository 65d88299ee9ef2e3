// What content scripts ask and tell: which plan applies on this page, and what was heard there.
//
// Addresses and titles come from the browser (`sender`), never from the page. The address of a
// visit is the one at its beginning, so that late fragments keep it after a navigation.
import { api, storedPerTab } from "./browser.js";
import { allowsResponses, conversationAt, keepFor } from "./choices.js";
import { clockShapes } from "./clock.js";
import { connection } from "./connection.js";
import { beginVisit } from "./counts.js";
import { outbox } from "./outbox.js";
import { isPaused } from "./pause.js";
import { asksFor, choices, choicesFor, planHash, platforms, responsesAt } from "./plan.js";
import { allowsHost, policyNow } from "./policy.js";
import { wakeSender } from "./sender.js";
import { webAddress } from "./url_pattern.js";

const REMEMBERED_MS = 60 * 60 * 1000; // an older visit that still speaks is asked to begin anew
const LOOPBACK = new Set(["127.0.0.1", "localhost"]);
const FACTS = ["lang", "ui_languages", "time_zone", "utc_offset", "translated", "markers"];

/**
 * A visit begins: where the browser says it is and what to listen to there, or null. At a page of
 * messages `conversation` says what the person chose; but for `on`, nothing is listened to.
 */
export async function onVisit({ visit, page }, sender) {
  wakeSender();
  const about = await placeOf(sender);
  if (!about || !(await mayListen(about))) return null;
  const conversation = await conversationOf(about);
  if (!conversation || conversation === "on") await admitVisit(visit, about, !sender.frameId);
  return { url: about.url, conversation, ...(await choicesOn(about.url, page)) };
}

/** What to hear of a page's responses, as early as it asks: regular expressions. */
export async function onResponsesAsked(_, sender) {
  const about = await placeOf(sender);
  if (!about || !(await mayListen(about)) || !allowsResponses(await choices(), about.url)) return [];
  const conversation = await conversationOf(about);
  return !conversation || conversation === "on" ? responsesAt(await platforms(), about.url) : [];
}

/** Of the page and the one around it, the strictest; null where neither holds messages. */
async function conversationOf({ url, top_url }) {
  const [entries, kept, policy] = [await platforms(), await choices(), await policyNow()];
  const found = [url, top_url].map((each) => conversationAt(entries, kept, policy, each));
  return ["forbidden", "off", "on"].find((each) => found.includes(each)) ?? null;
}

/**
 * Fragments of a visit that was admitted: `{kept}` once they are on disk, or why they are not:
 * `unknown` visits must ask again, others are not wanted any more.
 */
export async function onFragments({ visit, page, fragments }, sender) {
  const about = (await visitsIn(sender.tab.id).read())[visit];
  if (!about) return { kept: false, unknown: true };
  if (!about.once && !(await mayListen(about))) return { kept: false };
  if (!(await isOpenHere(about, sender))) return { kept: false };
  const wanted = fragments.filter(({ kind }) => kind !== "response").map((each) => ({ ...each, url: about.url }));
  const read = [...wanted, ...(await responsesIn(fragments, about.url))];
  if (read.length) await outbox.put(visit, await pageFor(visit, about, page), sender.tab.id, read);
  wakeSender();
  return { kept: true };
}

/** Of a conversation only what comes while it is the one on the screen. */
async function isOpenHere(about, sender) {
  const conversation = await conversationOf(about);
  if (!conversation) return true;
  const now = await placeOf(sender);
  return conversation === "on" && now?.url === about.url && now.top_url === about.top_url;
}

/** The responses that may be kept, parsed; they keep their own addresses, which the page may have made up. */
async function responsesIn(fragments, pageUrl) {
  const responses = fragments.filter(({ kind }) => kind === "response");
  if (!responses.length || !allowsResponses(await choices(), pageUrl)) return [];
  const entries = await platforms();
  return responses
    .filter(({ url, text }) => typeof text === "string" && asksFor(entries, pageUrl, url))
    .map(({ text, ...fragment }) => ({ ...fragment, json: JSON.parse(text) }));
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
  const responses = allowsResponses(await choices(), url);
  return { ...choicesFor(await platforms(), url, { responses }), clocks: clockShapes(languages) };
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
  const switchedOn = (await conversationOf({ url, top_url })) === "on";
  if (!switchedOn && [url, top_url].some((each) => keepFor(kept, each) === "by_hand")) return false;
  const hosts = [hostname, webAddress(top_url)?.hostname].filter(Boolean);
  const policy = await policyNow();
  if (!hosts.every((host) => allowsHost(policy, host))) return false;
  return !(await Promise.all(hosts.map(isPaused))).includes(true);
}

/** The page of a visit that may be heard, as the agent wants it; null where it may not. */
export async function admitted(visit, page, sender) {
  const about = (await visitsIn(sender.tab.id).read())[visit];
  if (!about || !(await mayListen(about)) || !(await isOpenHere(about, sender))) return null;
  return pageFor(visit, about, page);
}

async function pageFor(visit, { tab, url, top_url, title: first, once }, facts) {
  const now = await api.tabs.get(tab);
  const title = now.url === top_url ? now.title : first; // the tab may show another page by now
  const known = Object.fromEntries(FACTS.map((name) => [name, facts[name]]));
  const captured_at = new Date().toISOString();
  const by_hand = once ? { by_hand: true } : {};
  return { visit, url, top_url, title, ...known, ...by_hand, plan: await planHash(), captured_at };
}
