// Settings: the pairing with the agent, and the sites the person allows one by one.
import { api } from "../background/browser.js";
import { connection, link } from "../background/connection.js";
import { refusals } from "../background/counts.js";
import { platforms } from "../background/plan.js";
import { tried } from "../background/prepared.js";
import { grantedSites } from "../background/sites.js";
import { siteOfPattern, sitePattern } from "../background/url_pattern.js";
import { showWords, word } from "./words.js";

const $ = (id) => document.getElementById(id);
const PAIRING_ERRORS = ["wrong_code", "no_code", "absent", "stranger", "busy"];

async function show() {
  await showConnection();
  await showSites();
  await showRefusals();
  document.body.hidden = false;
}

async function showConnection() {
  const paired = await connection();
  const state = paired ? await link.read() : "unpaired";
  const known = ["ok", "unpaired", "absent", "stranger", "token"].includes(state) ? state : "unknown";
  $("connection-state").textContent = word(`connection_${known}`, paired?.port ?? "");
  $("connection-state").dataset.state = state;
  $("pairing").hidden = paired !== null && state !== "token" && state !== "stranger";
  $("unpairing").hidden = paired === null;
  const { problem } = await tried.read();
  $("prepared-problem").textContent = paired || !problem ? "" : word(`prepared_${preparedProblem(problem)}`);
}

/** What became of the code that `earmark extension` left: used up, or nobody there to take it. */
const preparedProblem = (kind) => (["absent", "busy", "stranger"].includes(kind) ? "waiting" : "spent");

async function showSites() {
  const granted = await grantedSites();
  const removable = granted.map((pattern) => siteRow(pattern, "remove_site", () => remove(pattern)));
  $("sites").replaceChildren(...removable);
  const suggested = (await suggestions()).filter(({ pattern }) => !granted.includes(pattern));
  $("suggestions").replaceChildren(
    ...suggested.map(({ pattern, label }) => siteRow(pattern, "allow", () => request(pattern), label)),
  );
  $("suggested").hidden = !suggested.length;
}

function siteRow(pattern, action, onclick, label = "") {
  const row = document.createElement("li");
  row.dataset.origin = pattern;
  const address = Object.assign(document.createElement("bdi"), { className: "address", textContent: shownSite(pattern) });
  const button = Object.assign(document.createElement("button"), { textContent: word(action), onclick });
  button.setAttribute("aria-label", `${word(action)} ${shownSite(pattern)}`);
  const name = document.createElement("span");
  name.append(...(label ? [`${label} · `, address] : [address]));
  row.append(name, button);
  return row;
}

const shownSite = (pattern) => pattern.replace(/^https:\/\//, "").replace(/\/\*$/, "");

/** Sites that the plan names: the ones Earmark knows how to read. */
async function suggestions() {
  const found = new Map();
  for (const { label, matches } of await platforms()) {
    for (const pattern of matches.map(siteOfPattern)) if (pattern) found.set(pattern, { pattern, label });
  }
  return [...found.values()];
}

async function showRefusals() {
  const list = await refusals.read();
  $("refused-section").hidden = !list.length;
  $("refusals").replaceChildren(
    ...list.map(({ url, message }) =>
      Object.assign(document.createElement("li"), { textContent: message ? `${url}: ${message}` : url }),
    ),
  );
}

async function pair(event) {
  event.preventDefault();
  $("pair").disabled = true;
  $("pairing-error").textContent = "";
  const answer = await api.runtime.sendMessage({ type: "pair", code: $("code").value });
  $("pair").disabled = false;
  if (answer?.error) showPairingError(answer);
  else $("code").value = "";
  await show();
}

function showPairingError({ kind, error }) {
  $("pairing-error").textContent = PAIRING_ERRORS.includes(kind) ? word(`pairing_${kind}`) : error;
}

function add(event) {
  event.preventDefault();
  const pattern = sitePattern($("site").value);
  $("site-error").textContent = pattern ? "" : word("site_unreadable");
  if (pattern) request(pattern).then((granted) => granted && ($("site").value = ""));
}

/** Called at once in the click, so that it counts as the person's. */
const request = (pattern) => api.permissions.request({ origins: [pattern] });

const remove = (pattern) =>
  api.permissions.remove({ origins: [pattern] }).catch(() => ($("site-error").textContent = word("site_fixed")));

showWords();
document.title = word("settings_title");
$("pairing").onsubmit = pair;
$("adding").onsubmit = add;
$("unpair").onclick = () => api.runtime.sendMessage({ type: "unpair" });
$("clear-refusals").onclick = () => refusals.write([]);
api.storage.onChanged.addListener(show);
api.permissions.onAdded.addListener(show);
api.permissions.onRemoved.addListener(show);
setInterval(() => connection().then((paired) => paired || api.runtime.sendMessage({ type: "look-for-code" })), 3000);
await show();
document.body.dataset.ready = "yes";
