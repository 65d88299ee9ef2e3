// What the popup and the settings say, decided from facts alone.
//
// Facts: `agentAllowed`, `paired`, `link`; `newer` (files on disk), `outdated` (the agent has a newer
// one), `temporary`, `refusal` (of the plan), `chosen` (how many chosen sites wait to be allowed),
// `dropped`; and in the popup `site`, what siteState says of this page, and `hereChosen`.

/** Everything that wants a person's attention; earlier outranks later. */
const RANK = [
  "blocked",
  "unpaired",
  "stranger",
  "token",
  "absent",
  "newer",
  "plan_refused",
  "organisation",
  "closed",
  "chosen",
  "unheard",
  "paused_everywhere",
  "paused_hour",
  "paused_site",
  "plugin_sites",
  "dropped",
  "outdated",
  "temporary",
];
const LINKS = { absent: "absent", busy: "absent", stranger: "stranger", token: "token" };
const OF_THE_SITE = new Set(["organisation", "closed", "unheard", "paused_everywhere", "paused_hour", "paused_site"]);

/** What does not concern the page one is on. */
export const NOTICES = RANK.filter((name) => !OF_THE_SITE.has(name));

/** `{first, rest, site}`: what matters most, the other notices, and what is said of this page. */
export function verdict(facts) {
  const trouble = agentTrouble(facts);
  const alone = trouble === "blocked" || trouble === "unpaired"; // nothing else can be helped before that
  const holds = {
    [trouble]: true,
    newer: facts.newer,
    plan_refused: facts.refusal !== "",
    chosen: !alone && facts.chosen > 0,
    [facts.site]: !alone && !(facts.site === "closed" && facts.hereChosen), // then one click allows both
    plugin_sites: !alone && facts.pluginSites.length > 0,
    dropped: facts.dropped > 0,
    outdated: facts.outdated && !facts.newer,
    temporary: facts.temporary,
  };
  const found = RANK.filter((name) => holds[name]);
  return { first: found[0] ?? null, rest: found.slice(1).filter((name) => !OF_THE_SITE.has(name)), site: facts.site };
}

/** Trouble between us and the agent: the first that applies, or null. */
export function agentTrouble({ paired, agentAllowed, link }) {
  if (!agentAllowed) return "blocked";
  if (!paired) return "unpaired";
  return LINKS[link] ?? null;
}

/**
 * What happens on this page: `own` (the inbox), `nothing` (no web page), `organisation` (not allowed),
 * `by_hand`, `closed`, `paused_…`, `unheard` (nobody listens in this tab), `about_us` or `open`; of
 * messages `messages_forbidden`, `private` (a conversation that is not kept) or `conversation` (one that is).
 */
export function siteState({ host, own, allowed, granted, keep, pause, present, conversation }) {
  if (own) return "own";
  if (!host) return "nothing";
  if (!allowed) return "organisation";
  if (conversation === "forbidden") return "messages_forbidden";
  if (keep === "by_hand" && !conversation) return "by_hand";
  if (!granted) return "closed";
  if (pause.everywhere) return "paused_everywhere";
  if (pause.until) return "paused_hour";
  if (pause.site) return "paused_site";
  if (!present) return "unheard";
  if (conversation) return conversation === "on" ? "conversation" : "private";
  return keep === "about_us" ? "about_us" : "open";
}

/** Which controls make sense beside what the notices offer. */
export function controls({ trouble, site }) {
  const connected = trouble !== "unpaired" && trouble !== "blocked";
  const listening = ["open", "about_us", "conversation"].includes(site);
  const page = !["nothing", "own", "organisation", "messages_forbidden", "private"].includes(site);
  return {
    inbox: trouble === null || trouble === "token", // never lead to a stranger
    here: connected,
    capture: connected && page,
    captureFirst: connected && site === "by_hand",
    pause: connected && listening,
    offers: connected && trouble === null && listening,
    authors: connected && page,
  };
}
