// What the person chose in the inbox: on which sites to listen, and what to keep of each.
import { allowsHost } from "./policy.js";
import { hostOfPattern, siteOfPattern, webAddress } from "./url_pattern.js";

export const NO_CHOICES = { sites: [], elsewhere: "everything" };

/** What to keep of a page: `everything`, `about_us` or `by_hand`, by the narrowest site that holds it. */
export function keepFor({ sites, elsewhere }, url) {
  const host = webAddress(url)?.hostname ?? "";
  const holding = sites.filter(({ site }) => lies(host, site));
  return holding.sort((one, other) => other.site.length - one.site.length)[0]?.keep ?? elsewhere;
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
