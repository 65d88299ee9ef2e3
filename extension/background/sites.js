// The sites the person granted, and nothing else: permissions become registered content scripts.
import { api } from "./browser.js";
import { patternsOf, sitesWithResponses } from "./choices.js";
import { choices } from "./plan.js";
import { allowsHost, policyNow } from "./policy.js";
import { hostOfPattern } from "./url_pattern.js";

/** What reads a page, and the script that goes on listening. */
export const READING_FILES = ["page", "slice", "clock", "watch", "report"].map((name) => `content/${name}.js`);
const CONTENT_FILES = [...READING_FILES, "content/main.js"];
const RESPONSE_FILES = { MAIN: ["content/responses_page.js"], ISOLATED: ["content/responses.js"] };

export const AGENT_ORIGIN = "http://127.0.0.1/*";
const SAMPLE = "http://127.0.0.1/sample*"; // patterns know no port: main.js compares it

/** Origins the person granted, as match patterns. */
export async function grantedSites() {
  const { origins = [] } = await api.permissions.getAll();
  const known = new Set(origins); // Firefox may name one twice
  known.delete(AGENT_ORIGIN);
  return [...known].sort();
}

/** Those of them that the organisation allows; of a pattern for all sites, each page is asked for. */
async function listenedTo() {
  const policy = await policyNow();
  const allowed = (host) => host === "*" || allowsHost(policy, host);
  return (await grantedSites()).filter((pattern) => allowed(hostOfPattern(pattern)));
}

let registering = Promise.resolve();

/** Register the content script for exactly what is granted now, one change after the other. */
export function registerSites() {
  const next = registering.then(register);
  registering = next.catch(() => {});
  return next;
}

/** What is right already is left alone: a page loading while a script is replaced would not be heard. */
async function register() {
  const matches = await listenedTo();
  const sites = matches.length ? [script("sites", matches)] : [];
  const wanted = [script("sample", [SAMPLE]), ...sites, ...(await responseScripts())];
  const known = new Map((await api.scripting.getRegisteredContentScripts()).map((one) => [one.id, one]));
  const isRight = ({ id, matches, js }) => same(known.get(id)?.matches, matches) && same(known.get(id)?.js, js);
  const wrong = wanted.filter((one) => !isRight(one));
  const gone = [...known.keys()].filter((id) => !wanted.some((one) => one.id === id));
  if (gone.length) await api.scripting.unregisterContentScripts({ ids: gone });
  const changed = wrong.filter(({ id }) => known.has(id));
  if (changed.length) await api.scripting.updateContentScripts(changed);
  const missing = wrong.filter(({ id }) => !known.has(id));
  if (missing.length) await api.scripting.registerContentScripts(missing);
}

/** Whether two lists hold the same; browsers may give a file back as its full address. */
function same(known, wanted) {
  return known?.length === wanted.length && wanted.every((one) => known.some((each) => each.endsWith(one)));
}

const script = (id, matches) => ({
  id,
  matches,
  js: CONTENT_FILES,
  allFrames: true,
  matchOriginAsFallback: matches.every((pattern) => pattern.endsWith("/*")),
  runAt: "document_idle",
});

/** Of the sites on which the person allowed responses; the browser leaves out what is not granted. */
async function placesWithResponses() {
  const policy = await policyNow();
  const allowed = sitesWithResponses(await choices()).filter(({ site }) => allowsHost(policy, site));
  return [...new Set(patternsOf(allowed).map((pattern) => pattern.replace(/^https?:/, "*:")))];
}

async function responseScripts() {
  const matches = await placesWithResponses();
  if (!matches.length) return [];
  return Object.entries(RESPONSE_FILES).map(([world, js]) => ({
    ...script(`responses-${world}`, matches),
    js,
    world,
    runAt: "document_start",
  }));
}

/** Where responses were allowed while tabs were open. */
export async function hearResponsesInOpenTabs() {
  const url = await placesWithResponses();
  for (const { id: tabId } of url.length ? await api.tabs.query({ url }) : []) {
    for (const [world, files] of Object.entries(RESPONSE_FILES)) {
      const target = { tabId, allFrames: true };
      await api.scripting.executeScript({ target, files, world }).catch(() => {}); // discarded, or not granted
    }
  }
}

/** After an installation or an update: tabs that were open before have no script, or one without a background. */
export const listenInOpenTabs = async () => injectInto(await listenedTo());

/** Start listening in tabs that were open before their site was granted. */
export async function injectInto(origins) {
  const tabs = origins.length ? await api.tabs.query({ url: origins }) : [];
  await Promise.all(tabs.map((tab) => inject(tab.id).catch(() => {}))); // discarded, or an error page
}

/** A frame's site was granted while the page around it was open. */
export const listenInTab = (tabId) => inject(tabId);

const inject = (tabId) =>
  api.scripting.executeScript({ target: { tabId, allFrames: true }, files: CONTENT_FILES });
