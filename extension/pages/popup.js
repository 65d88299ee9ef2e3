// The popup: what Earmark does on this page, in plain words.
import { api } from "../background/browser.js";
import { connection } from "../background/connection.js";
import { countsOf } from "../background/counts.js";
import { healthOf } from "../background/health.js";
import { pauseEverywhere, pauseForAnHour, pauseSite, resume } from "../background/pause.js";
import { webAddress } from "../background/url_pattern.js";
import { offerAuthors, record } from "./authors.js";
import { facts, factsOf, originOf } from "./facts.js";
import { countRows, fillQuestion, healthTrouble } from "./health.js";
import { fillNotice, fillRest } from "./notices.js";
import { showOffers } from "./offers.js";
import { NOTICES, agentTrouble, controls, siteState, verdict } from "./state.js";
import { keepLookingForCode } from "./looking.js";
import { clock, number, showWords, word } from "./words.js";

const LOOK_AGAIN_MS = 500;
const $ = (id) => document.getElementById(id);
const tab = await currentTab();
const address = webAddress(tab.url); // as it was when the popup opened: what a click is meant for

/** The tab the popup belongs to; `?tab=` names it where the popup stands in a tab of its own. */
async function currentTab() {
  const named = new URLSearchParams(location.search).get("tab");
  if (named) return api.tabs.get(Number(named));
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active;
}

const listenAgain = () => resume(address.hostname);

const tell = (type, more = {}) => api.runtime.sendMessage({ type, tab: tab.id, ...more });

/** Switch something of this page on or off; what went wrong stands below the button. */
async function choose(wishes) {
  const answer = await tell("choose", { url: tab.url, wishes });
  $("site-problem").textContent = answer?.error ?? "";
}

/** What the button of each state of the site says and does. */
const SITE_FIXES = {
  closed: ["allow_site", () => api.permissions.request({ origins: [originOf(address)] })], // at once: the click counts
  unheard: ["reload_tab", () => api.tabs.reload(tab.id)],
  organisation: ["see_rules", () => api.runtime.openOptionsPage()],
  private: ["keep_conversation", () => choose({ messages: true, conversation: true })],
  conversation: ["stop_conversation", () => choose({ conversation: false })],
  paused_site: ["resume", listenAgain],
  paused_everywhere: ["resume", listenAgain],
  paused_hour: ["resume", listenAgain],
};

let shown = "";

/** Drawn anew only when something changed: a button must not be replaced under a finger. */
async function show() {
  const here = await factsOf(tab.id, address);
  const now = { ...(await facts()), ...here, counts: await countsOf(tab.id), site: siteState(here) };
  now.health = (await healthOf(tab.id)).health;
  if (now.site === "unheard") setTimeout(show, LOOK_AGAIN_MS); // the script may be on its way
  if (JSON.stringify(now) === shown) return;
  shown = JSON.stringify(now);
  draw(now);
}

function draw(now) {
  const found = verdict(now);
  const trouble = agentTrouble(now);
  showNotices(found, now);
  showSite(now, found.first === now.site);
  showCounts(now);
  showHealth(now);
  const shown = controls({ trouble, site: now.site });
  showOffers($("offers"), shown.offers ? now : { frames: [] }, { choose, listen: () => tell("listen-in-frames") });
  showControls(shown);
  document.body.hidden = false;
  Object.assign(document.body.dataset, { trouble: trouble ?? "", site: now.site, first: found.first ?? "" });
}

function showNotices({ first, rest }, now) {
  $("first").hidden = !NOTICES.includes(first);
  if (NOTICES.includes(first)) fillNotice($("first"), first, now, { after: show });
  fillRest($("rest"), rest, now, { after: show });
}

function showSite({ site, host, pause }, first) {
  const until = pause.until ? clock(pause.until) : "";
  const [action, fix] = SITE_FIXES[site] ?? [];
  $("site-title").textContent = word(`site_${site}`, host, until);
  $("site-hint").textContent = word(`site_${site}_hint`, host, until);
  $("site-action").hidden = !fix;
  $("site-action").className = first ? "primary" : "";
  $("site-action").textContent = fix ? word(action) : "";
  $("site-action").onclick = fix ?? null;
}

function showCounts(now) {
  $("counts").replaceChildren(...countRows(now).flatMap(([key, text]) => [make("dt", word(key)), make("dd", text)]));
}

function showHealth({ health }) {
  const trouble = healthTrouble(health);
  $("health").hidden = !trouble;
  $("health-title").textContent = trouble?.title ?? "";
  $("health-hint").textContent = trouble?.hint ?? "";
  fillQuestion($("question"), health, answerQuestion);
}

/** Right is noted; wrong becomes a case, so that somebody can mend it. */
async function answerQuestion(right) {
  $("question").hidden = true;
  await tell("verified", { right });
  if (!right) await record(tab.id);
}

function showControls(shown) {
  $("here").hidden = !shown.here;
  $("actions").hidden = !shown.capture;
  $("capture").className = shown.captureFirst ? "primary" : "";
  $("pausing").hidden = !shown.pause;
  $("authors").hidden = !shown.authors;
  $("inbox").hidden = !shown.inbox;
}

function make(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}

async function capture() {
  $("capture").disabled = true;
  const found = await api.runtime.sendMessage({ type: "capture", tab: tab.id });
  $("capture").disabled = false;
  $("captured").textContent = found?.error ? word("capture_failed") : captureResult(found);
}

const captureResult = (found) => (found ? word("captured", number(found)) : word("captured_nothing"));

async function openInbox() {
  await api.runtime.sendMessage({ type: "open-inbox" });
  close();
}

showWords();
offerAuthors(tab.id);
$("capture").onclick = capture;
$("inbox").onclick = openInbox;
$("settings").onclick = () => api.runtime.openOptionsPage();
$("pause-site").onclick = () => pauseSite(address.hostname);
$("pause-everywhere").onclick = () => pauseEverywhere();
$("pause-hour").onclick = () => pauseForAnHour();
api.tabs.onUpdated.addListener((id, { status }) => id === tab.id && status && show());
api.storage.onChanged.addListener(show);
api.permissions.onAdded.addListener(show);
api.permissions.onRemoved.addListener(show);
keepLookingForCode();
await show();
document.body.dataset.ready = "yes";
if (await connection()) {
  await api.runtime.sendMessage({ type: "retry" });
  await tell("look-at-health");
}
