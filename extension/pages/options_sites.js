// The sites in the settings: allowed here, chosen in the inbox, and those Earmark can read.
import { api } from "../background/browser.js";
import { keepFor } from "../background/choices.js";
import { choices, platforms } from "../background/plan.js";
import { allowsHost } from "../background/policy.js";
import { hostOfPattern, siteOfPattern, sitePattern } from "../background/url_pattern.js";
import { word } from "./words.js";

const $ = (id) => document.getElementById(id);
let rules = {}; // at hand, since a click that waits does not count as the person's

/** Allowed sites each with what is kept of it, then those one could allow. */
export async function showSites({ granted, policy }) {
  rules = policy;
  const chosen = await choices();
  $("sites").replaceChildren(...granted.map((pattern) => grantedRow(pattern, chosen, policy)));
  $("no-sites").hidden = granted.length > 0;
  const allowed = (pattern) => allowsHost(policy, hostOfPattern(pattern));
  const suggested = (await suggestions()).filter(({ pattern }) => !granted.includes(pattern) && allowed(pattern));
  $("suggestions").replaceChildren(
    ...suggested.map(({ pattern, label }) => siteRow(pattern, "allow", () => request(pattern), label)),
  );
  $("suggested").hidden = !suggested.length;
}

function grantedRow(pattern, chosen, policy) {
  const row = siteRow(pattern, "remove_site", () => remove(pattern));
  const host = hostOfPattern(pattern);
  const keep = keepFor(chosen, `https://${host}/`);
  const state = allowsHost(policy, host) || host === "*" ? keep : "organisation";
  if (state !== "everything") {
    row.firstChild.append(Object.assign(document.createElement("small"), { textContent: word(`keep_${state}`) }));
  }
  return row;
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

/** A site typed by hand. */
export function addSite(event) {
  event.preventDefault();
  const pattern = sitePattern($("site").value);
  const problem = pattern ? (allowsHost(rules, hostOfPattern(pattern)) ? "" : "site_forbidden") : "site_unreadable";
  $("site-error").textContent = problem && word(problem);
  if (!problem) request(pattern).then((granted) => granted && ($("site").value = ""));
}

/** Called at once in the click, so that it counts as the person's. */
const request = (pattern) => api.permissions.request({ origins: [pattern] });

const remove = (pattern) =>
  api.permissions.remove({ origins: [pattern] }).catch(() => ($("site-error").textContent = word("site_fixed")));
