// The popup: what Earmark does on this page, in plain words.
import { api } from "../background/browser.js";
import { DEFAULT_PORT, connection, link } from "../background/connection.js";
import { countsOf } from "../background/counts.js";
import { outbox } from "../background/outbox.js";
import { pauseEverywhere, pauseFor, pauseForAnHour, pauseSite, resume } from "../background/pause.js";
import { AGENT_ORIGIN } from "../background/sites.js";
import { webAddress } from "../background/url_pattern.js";
import { agentTrouble, controls, siteState } from "./state.js";
import { clock, number, showWords, word } from "./words.js";

const $ = (id) => document.getElementById(id);
const tab = await currentTab();
const address = webAddress(tab.url);
const origin = address && `${address.protocol}//${address.hostname}/*`;

/** The tab the popup belongs to; `?tab=` names it where the popup stands in a tab of its own. */
async function currentTab() {
  const named = new URLSearchParams(location.search).get("tab");
  if (named) return api.tabs.get(Number(named));
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active;
}

async function facts() {
  const paired = await connection();
  return {
    paired: paired !== null,
    port: paired?.port ?? DEFAULT_PORT,
    link: await link.read(),
    agentAllowed: await api.permissions.contains({ origins: [AGENT_ORIGIN] }),
    host: address?.hostname ?? "",
    own: address?.hostname === "earmark.localhost",
    granted: origin !== null && (await api.permissions.contains({ origins: [origin] })),
    pause: await pauseFor(address?.hostname ?? ""),
    counts: await countsOf(tab.id),
    waiting: await outbox.totals(),
  };
}

async function show() {
  const now = await facts();
  const trouble = agentTrouble(now);
  const site = siteState(now);
  const shown = controls({ trouble, site });
  showTrouble(trouble, now);
  showSite(site, now);
  showCounts(site, now);
  showLost(now.waiting);
  $("here").hidden = !shown.here;
  $("actions").hidden = !(shown.capture || shown.resume);
  $("allow").hidden = !shown.allow;
  $("pausing").hidden = !shown.pause;
  $("resume").hidden = !shown.resume;
  $("inbox").hidden = !shown.inbox;
  document.body.hidden = false;
  document.body.dataset.trouble = trouble ?? "";
  document.body.dataset.site = site;
}

function showTrouble(trouble, { port }) {
  $("agent").hidden = trouble === null;
  if (trouble === null) return;
  $("agent-title").textContent = word(`agent_${trouble}`);
  $("agent-hint").textContent = word(`agent_${trouble}_hint`, port);
  $("agent-action").textContent = word(`agent_${trouble}_action`);
  $("agent-action").onclick = ACTIONS[trouble];
}

const ACTIONS = {
  blocked: () => api.permissions.request({ origins: [AGENT_ORIGIN] }),
  unpaired: () => api.runtime.openOptionsPage(),
  token: () => api.runtime.openOptionsPage(),
  absent: () => api.runtime.sendMessage({ type: "retry" }),
  stranger: () => api.runtime.sendMessage({ type: "retry" }),
};

function showSite(site, { host, pause }) {
  const until = pause.until ? clock(pause.until) : "";
  $("site-title").textContent = word(`site_${site}`, host, until);
  $("site-hint").textContent = word(`site_${site}_hint`, host, until);
}

function showCounts(site, { counts, waiting }) {
  const rows = [
    ["count_heard", counts.heard, site === "open" || counts.heard],
    ["count_new", counts.fresh, counts.heard],
    ["count_unknown", counts.unknown, counts.unknown],
    ["count_refused", counts.refused, counts.refused],
    ["count_waiting", waiting.fragments, waiting.fragments],
  ];
  $("counts").replaceChildren(
    ...rows.filter(([, , useful]) => useful).flatMap(([key, count]) => [make("dt", word(key)), make("dd", number(count))]),
  );
}

function showLost({ dropped }) {
  $("lost").hidden = !dropped;
  $("lost-text").textContent = word("dropped", number(dropped));
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
$("allow").onclick = () => api.permissions.request({ origins: [origin] }); // before any await: the click counts
$("capture").onclick = capture;
$("inbox").onclick = openInbox;
$("settings").onclick = () => api.runtime.openOptionsPage();
$("pause-site").onclick = () => pauseSite(address.hostname);
$("pause-everywhere").onclick = () => pauseEverywhere();
$("pause-hour").onclick = () => pauseForAnHour();
$("resume").onclick = () => resume(address.hostname);
$("lost-read").onclick = () => outbox.forgetDropped().then(show);
api.storage.onChanged.addListener(show);
api.permissions.onAdded.addListener(show);
api.permissions.onRemoved.addListener(show);
await show();
document.body.dataset.ready = "yes";
if (await connection()) await api.runtime.sendMessage({ type: "retry" });
