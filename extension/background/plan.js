// The capture plan: data from the agent, kept so that captures go on while it is away.
import { fetchPlan } from "./agent.js";
import { Stored } from "./browser.js";
import { matchesPattern } from "./url_pattern.js";

const EVERY_OTHER_SITE = "webpage";
const stored = new Stored("local", "plan", { etag: "", plan: null });

/** Ask the agent for news; resolves to whether the plan changed. */
export async function refreshPlan(connection) {
  const { etag, plan } = await stored.read();
  const news = await fetchPlan(connection, plan ? etag : "");
  if (news) await stored.write(news);
  return news !== null && news.plan.plan !== plan?.plan;
}

export const planHash = async () => (await stored.read()).plan?.plan ?? "";
export const platforms = async () => (await stored.read()).plan?.platforms ?? [];
export const forgetPlan = () => stored.write({ etag: "", plan: null });

/**
 * What a content script needs to choose for `url` as the agent will: `entry` when the address
 * decides, else `candidates` in order (by marker, and `last` for what is left), and all markers.
 */
export function choicesFor(entries, url) {
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

/** The part of an entry that cutting needs. */
const cutting = ({ name, items, context, outline }) => ({ name, items, context, outline });
