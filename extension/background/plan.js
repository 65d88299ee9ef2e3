// The capture plan: data from the agent, kept so that captures go on while it is away.
//
// A plan that this browser cannot carry out is refused whole; the last good one stays.
import { fetchPlan } from "./agent.js";
import { Stored, api } from "./browser.js";
import { NO_CHOICES } from "./choices.js";
import { expressionOf, isPattern, matchesPattern } from "./url_pattern.js";

const KNOWN_API = 1;
const EVERY_OTHER_SITE = "webpage";
const NONE = { etag: "", plan: null, last: null, refused: null };
const stored = new Stored("local", "plan", NONE);

/** Ask the agent for news; resolves to whether the plan changed. */
export async function refreshPlan(connection) {
  const kept = await stored.read();
  const current = kept.plan && (!kept.refused || kept.refused.by === ourselves());
  const news = await fetchPlan(connection, current ? kept.etag : "");
  if (!news) return false;
  const fault = faultIn(news.plan);
  const now = fault ? refusing(kept, news, fault) : { ...news, last: kept.plan, refused: null };
  await stored.write(now);
  return JSON.stringify(now.plan) !== JSON.stringify(kept.plan);
}

/** Content found selectors that this browser cannot read: resolves to whether the plan changed by that. */
export async function refuseSelectors(selectors) {
  const kept = await stored.read();
  const bad = new Set(selectors);
  const faulty = (plan) => (plan?.platforms ?? []).filter((entry) => selectorsOf(entry).some((css) => bad.has(css)));
  const at = faulty(kept.plan);
  if (!at.length) return false;
  const rest = { ...kept.plan, platforms: kept.plan.platforms.filter((entry) => !at.includes(entry)) };
  const good = kept.last && !faulty(kept.last).length ? kept.last : rest;
  await stored.write(refusing({ plan: good }, kept, `${at[0].name}: ${selectors[0]}`));
  return true;
}

export const planHash = async () => (await stored.read()).plan?.plan ?? "";
export const platforms = async () => (await stored.read()).plan?.platforms ?? [];
export const choices = async () => (await stored.read()).plan?.choices ?? NO_CHOICES;
export const forgetPlan = () => stored.write(NONE);

/** Why the newest plan is not in use, in technical words; nothing where it is. */
export const planRefusal = async () => (await stored.read()).refused?.detail ?? "";

/** Go on with the plan of `kept`; the person's choices are obeyed whatever is wrong with the rest. */
function refusing({ plan }, news, detail) {
  const choices = readableChoices(news.plan.choices) ? news.plan.choices : plan?.choices;
  const good = { ...(plan ?? { plan: "", platforms: [] }), ...(choices ? { choices } : {}) };
  return { etag: news.etag, plan: good, last: good, refused: { detail: detail.slice(0, 300), by: ourselves() } };
}

/** A newer extension or browser may understand what this one refused. */
const ourselves = () => `${api.runtime.getManifest().version} ${navigator.userAgent}`;

/** What in a plan is beyond us, or nothing; its selectors only a page can try. */
export function faultIn({ api: number, platforms, choices }) {
  if (number > KNOWN_API) return `api ${number}`;
  if (!Array.isArray(platforms)) return "platforms";
  if (choices !== undefined && !readableChoices(choices)) return "choices";
  return platforms.map(faultInEntry).find(Boolean) ?? "";
}

function faultInEntry(entry) {
  const { name, matches = [], responses = [], messages = [] } = entry ?? {};
  const patterns = [matches, responses, messages];
  if (!isNames([name]) || !patterns.every(isNames) || !isNames(selectorsOf(entry))) return String(name);
  const bad = patterns.flat().find((pattern) => !isPattern(pattern));
  return bad === undefined ? "" : `${name}: ${bad}`;
}

const readableChoices = (choices) =>
  Array.isArray(choices?.sites) &&
  choices.sites.every((one) => isNames([one?.site, one?.keep, ...(one?.patterns ?? [])])) &&
  (choices.conversations === undefined || areConversations(choices.conversations));

const areConversations = (list) => Array.isArray(list) && list.every((one) => isNames([one?.site, one?.url]));

const isNames = (list) => Array.isArray(list) && list.every((name) => typeof name === "string");

const selectorsOf = ({ items = [], context = [], empty = [], fallback = [], markers = [], outline }) =>
  [items, context, empty, fallback, markers, outline ? [String(outline).split("@")[0].trim()] : []].flat();

/**
 * What a content script needs to choose for `url` as the agent will: `entry` when the address
 * decides, else `candidates` in order (by marker, and `last` for what is left), and all markers.
 * `responses` says whether those that an entry asks for may be forwarded.
 */
export function choicesFor(entries, url, { responses = false } = {}) {
  const cutting = (entry) => ({ ...cuttingOf(entry), responses: responses ? expressionsOf(entry) : [] });
  const markers = entries
    .filter((entry) => entry.markers?.length)
    .map((entry) => ({ name: entry.name, selectors: entry.markers }));
  const named = entries.filter((entry) => entry.name !== EVERY_OTHER_SITE);
  const rest = entries.filter((entry) => entry.name === EVERY_OTHER_SITE && fits(entry, url));
  const entry = named.find((candidate) => fits(candidate, url));
  const byMarker = named.filter((candidate) => candidate.markers?.length);
  const candidates = [...byMarker.map(cutting), ...rest.map((last) => ({ ...cutting(last), last: true }))];
  return { entry: entry ? cutting(entry) : null, candidates, markers };
}

const fits = (entry, url) => (entry.matches ?? []).some((pattern) => matchesPattern(pattern, url));

/** The part of an entry that cutting and reporting need. */
const cuttingOf = ({ name, items, context, empty, fallback, outline }) => ({ name, items, context, empty, fallback, outline });

const expressionsOf = ({ responses = [] }) => responses.map(expressionOf);

/** The responses that may be of use at `url`, before anybody knows what markers the page carries. */
export function responsesAt(entries, url) {
  const { entry, candidates } = choicesFor(entries, url, { responses: true });
  return [entry ?? candidates].flat().flatMap(({ responses }) => responses);
}

/** The entry that the address of a page decides on, or the one of that name. */
export const entryAt = (entries, url, name) =>
  entries.find((entry) => entry.name !== EVERY_OTHER_SITE && fits(entry, url)) ?? entries.find((entry) => entry.name === name);

/** Whether the platform of a page asks for this response; a page whose markers decide may be of several. */
export function asksFor(entries, url, response) {
  const named = entries.filter((entry) => entry.name !== EVERY_OTHER_SITE);
  const entry = named.find((candidate) => fits(candidate, url));
  const asking = entry ? [entry] : named.filter((candidate) => candidate.markers?.length);
  return asking.some(({ responses = [] }) => responses.some((pattern) => matchesPattern(pattern, response)));
}
