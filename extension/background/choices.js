// What the person chose in the inbox: on which sites to listen, and what to keep of each.
import { allowsHost } from "./policy.js";
import { hostOfPattern, matchesPattern, siteOfPattern, webAddress } from "./url_pattern.js";

export const NO_CHOICES = { sites: [], conversations: [], elsewhere: "everything" };

/** What to keep of a page: `everything`, `about_us` or `by_hand`, by the narrowest site that holds it. */
export const keepFor = (choices, url) => chosenFor(choices, url)?.keep ?? choices.elsewhere;

/** Whether responses were allowed on the site of a page. */
export const allowsResponses = (choices, url) => chosenFor(choices, url)?.responses === true;

/** Sites of plugins from elsewhere, which a person enabled in the agent, that are not allowed here yet. */
export function sitesOfPlugins(entries, granted, policy) {
  const hosts = granted.map(hostOfPattern);
  const foreign = entries.filter((entry) => entry.package).map(({ label, matches = [] }) => ({
    label,
    patterns: matches.map(siteOfPattern).filter((site) => site && allowsHost(policy, hostOfPattern(site))),
  }));
  const isOpen = (site) => hosts.some((host) => host === "*" || lies(hostOfPattern(site), host));
  return foreign.filter(({ patterns }) => patterns.length && !patterns.every(isOpen));
}

/** The sites on which responses were allowed. */
export const sitesWithResponses = ({ sites }) => sites.filter(({ responses }) => responses === true);

/**
 * What is to be done with a page that some platform says holds messages: `on` or `off`, as the
 * person chose for this very conversation, or `forbidden`; null for any other page.
 */
export function conversationAt(entries, choices, policy, url) {
  if (!entries.some(({ messages = [] }) => messages.some((pattern) => matchesPattern(pattern, url)))) return null;
  if (policy.messages === false) return "forbidden";
  const allowed = chosenFor(choices, url)?.messages === true;
  return allowed && (choices.conversations ?? []).some((one) => plain(one.url) === plain(url)) ? "on" : "off";
}

/** An address without the signs that mean nothing: an empty query, an empty fragment. */
const plain = (url) => url.replace(/#$/, "").replace(/\?(?=#|$)/, "");

function chosenFor({ sites }, url) {
  const host = webAddress(url)?.hostname ?? "";
  const holding = sites.filter(({ site }) => lies(host, site));
  return holding.sort((one, other) => other.site.length - one.site.length)[0];
}

/**
 * Chosen sites that wait to be allowed in this browser. What is only captured by hand needs no
 * permission; part of a site allowed by hand is taken for the whole.
 */
export function notGranted({ sites }, granted, policy) {
  const hosts = granted.map(hostOfPattern);
  return sites.filter(
    ({ site, keep }) => keep !== "by_hand" && allowsHost(policy, site) && !hosts.some((host) => touches(host, site)),
  );
}

/** The match patterns to ask for: those of the plan that lie on their own site. */
export const patternsOf = (sites) =>
  sites.flatMap(({ site, patterns = [] }) =>
    patterns.filter((pattern) => siteOfPattern(pattern) && lies(hostOfPattern(pattern), site)),
  );

const lies = (host, site) => host === site || host.endsWith(`.${site}`);
const touches = (host, site) => host === "*" || lies(host, site) || lies(site, host);
