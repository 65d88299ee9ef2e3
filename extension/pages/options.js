// Settings: what is wrong, the pairing with the agent, and what stands beside them.
import { api } from "../background/browser.js";
import { connection } from "../background/connection.js";
import { refusals } from "../background/counts.js";
import { tried } from "../background/prepared.js";
import { facts } from "./facts.js";
import { keepLookingForCode } from "./looking.js";
import { fillNotice, fillRest } from "./notices.js";
import { addSite, showSites } from "./options_sites.js";
import { showRules } from "./rules.js";
import { NOTICES, verdict } from "./state.js";
import { showWords, word } from "./words.js";

const $ = (id) => document.getElementById(id);
const PAIRING_ERRORS = ["wrong_code", "no_code", "absent", "stranger", "busy"];
const LINKS = ["ok", "unpaired", "absent", "stranger", "token"];
const NOBODY_THERE = ["absent", "busy", "stranger"];
const IS_WELCOME = location.search === "?welcome";
const FIXES = { token: () => $("code").focus() };

let shown = "";

/** Drawn anew only when something changed: a button must not be replaced under a finger. */
async function show() {
  const now = { ...(await facts()), refusals: await refusals.read(), tried: await tried.read() };
  if (JSON.stringify(now) === shown) return;
  shown = JSON.stringify(now);
  showWelcome(now);
  showNotices(now);
  showConnection(now);
  await showSites(now);
  showRules($("organisation"), $("rules"), now.policy);
  showRefusals(now);
  $("version").textContent = word("version", now.version);
  document.body.hidden = false;
}

function showWelcome({ paired, granted }) {
  $("welcome").hidden = !IS_WELCOME;
  $("step-connect").dataset.done = paired;
  $("step-sites").dataset.done = granted.length > 0;
  $("welcome-done").hidden = !(paired && granted.length);
}

/** Being unconnected is no notice here: the form for it is right below. */
function showNotices(now) {
  const { first, rest } = verdict(now);
  const [top, ...others] = [first, ...rest].filter((name) => name !== null && name !== "unpaired");
  $("first").hidden = !NOTICES.includes(top);
  if (NOTICES.includes(top)) fillNotice($("first"), top, now, { fixes: FIXES, after: show });
  fillRest($("rest"), others, now, { fixes: FIXES, after: show });
}

function showConnection({ paired, port, link: last, tried: { problem } }) {
  const state = paired ? last : "unpaired";
  const known = LINKS.includes(state) ? state : "unknown";
  $("connection-state").textContent = word(`connection_${known}`, port);
  $("connection-state").dataset.state = state;
  $("pairing").hidden = paired && state !== "token" && state !== "stranger";
  $("unpairing").hidden = !paired;
  const kind = NOBODY_THERE.includes(problem) ? "waiting" : "spent";
  $("prepared-problem").textContent = paired || !problem ? "" : word(`prepared_${kind}`);
}

function showRefusals({ refusals: list }) {
  $("refused-section").hidden = !list.length;
  $("refusals").replaceChildren(
    ...list.map(({ url, message }) =>
      Object.assign(document.createElement("li"), { dir: "auto", textContent: message ? `${url}: ${message}` : url }),
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

showWords();
document.title = word("settings_title");
$("title").textContent = word(IS_WELCOME ? "welcome_title" : "settings_title");
$("pairing").onsubmit = pair;
$("adding").onsubmit = addSite;
$("unpair").onclick = () => api.runtime.sendMessage({ type: "unpair" });
$("clear-refusals").onclick = () => refusals.write([]);
$("welcome-inbox").onclick = () => api.runtime.sendMessage({ type: "open-inbox" });
api.storage.onChanged.addListener(show);
api.permissions.onAdded.addListener(show);
api.permissions.onRemoved.addListener(show);
keepLookingForCode();
await show();
document.body.dataset.ready = "yes";
if (await connection()) await api.runtime.sendMessage({ type: "retry" });
