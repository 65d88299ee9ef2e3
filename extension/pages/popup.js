// The popup: what Earmark does on this page, in plain words.
import { api } from "../background/browser.js";
import { connection } from "../background/connection.js";
import { countsOf } from "../background/counts.js";
import { pauseEverywhere, pauseForAnHour, pauseSite, resume } from "../background/pause.js";
import { webAddress } from "../background/url_pattern.js";
import { facts, factsOf, originOf } from "./facts.js";
import { fillNotice, fillRest } from "./notices.js";
import { NOTICES, agentTrouble, controls, siteState, verdict } from "./state.js";
import { keepLookingForCode } from "./looking.js";
import { clock, number, showWords, word } from "./words.js";

const LOOK_AGAIN_MS = 500;
const $ = (id) => document.getElementById(id);
const tab = await currentTab();
const address = webAddress(tab.url);

/** The tab the popup belongs to; `?tab=` names it where the popup stands in a tab of its own. */
async function currentTab() {
  const named = new URLSearchParams(location.search).get("tab");
  if (named) return api.tabs.get(Number(named));
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active;
}

const listenAgain = () => resume(address.hostname);

/** What the button of each state of the site says and does. */
const SITE_FIXES = {
  closed: ["allow_site", () => api.permissions.request({ origins: [originOf(address)] })], // at once: the click counts
  unheard: ["reload_tab", () => api.tabs.reload(tab.id)],
  organisation: ["see_rules", () => api.runtime.openOptionsPage()],
  paused_site: ["resume", listenAgain],
  paused_everywhere: ["resume", listenAgain],
  paused_hour: ["resume", listenAgain],
};

let shown = "";

/** Drawn anew only when something changed: a button must not be replaced under a finger. */
async function show() {
  const here = await factsOf(tab.id, address);
  const now = { ...(await facts()), ...here, counts: await countsOf(tab.id), site: siteState(here) };
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
  showControls(controls({ trouble, site: now.site }));
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

function showCounts({ site, counts, unsent }) {
  const rows = [
    ["count_heard", counts.heard, site === "open" || counts.heard],
    ["count_new", counts.fresh, counts.heard],
    ["count_not_kept", counts.not_kept, site === "about_us" || counts.not_kept],
    ["count_unknown", counts.unknown, counts.unknown],
    ["count_refused", counts.refused, counts.refused],
    ["count_waiting", unsent, unsent],
  ];
  $("counts").replaceChildren(
    ...rows.filter(([, , useful]) => useful).flatMap(([key, count]) => [make("dt", word(key)), make("dd", number(count))]),
  );
}

function showControls(shown) {
  $("here").hidden = !shown.here;
  $("actions").hidden = !shown.capture;
  $("capture").className = shown.captureFirst ? "primary" : "";
  $("pausing").hidden = !shown.pause;
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
if (await connection()) await api.runtime.sendMessage({ type: "retry" });
