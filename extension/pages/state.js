// What the popup says, decided from facts alone.

/** Trouble between us and the agent: the first that applies, or null. */
export function agentTrouble({ paired, agentAllowed, link }) {
  if (!agentAllowed) return "blocked";
  if (!paired) return "unpaired";
  return { absent: "absent", busy: "absent", stranger: "stranger", token: "token" }[link] ?? null;
}

/** What happens on this page: `nothing` (no web page), `closed`, `paused_…` or `open`. */
export function siteState({ host, granted, pause, own }) {
  if (own) return "own";
  if (!host) return "nothing";
  if (!granted) return "closed";
  if (pause.everywhere) return "paused_everywhere";
  if (pause.until) return "paused_hour";
  return pause.site ? "paused_site" : "open";
}

/** Which controls make sense. */
export function controls({ trouble, site }) {
  const connected = trouble !== "unpaired" && trouble !== "blocked";
  const paused = site.startsWith("paused");
  const page = site !== "nothing" && site !== "own";
  return {
    inbox: trouble === null || trouble === "token", // never lead to a stranger
    here: connected,
    allow: connected && site === "closed",
    capture: connected && page,
    pause: connected && site === "open",
    resume: connected && paused,
  };
}
