// The facts that the popup and the settings are made of.
import { api } from "../background/browser.js";
import { allowsResponses, conversationAt, keepFor, notGranted, sitesOfPlugins } from "../background/choices.js";
import { DEFAULT_PORT, connection, link } from "../background/connection.js";
import { outbox } from "../background/outbox.js";
import { pauseFor } from "../background/pause.js";
import { choices, entryAt, planRefusal, platforms } from "../background/plan.js";
import { agentSays, allowsHost, policyNow } from "../background/policy.js";
import { aboutUs, isNewer } from "../background/self.js";
import { webAddress } from "../background/url_pattern.js";
import { AGENT_ORIGIN, grantedSites } from "../background/sites.js";

/** What is true wherever one is. */
export async function facts() {
  const paired = await connection();
  const us = await aboutUs();
  const granted = await grantedSites();
  const policy = await policyNow();
  const waiting = notGranted(await choices(), granted, policy);
  const { dropped, fragments } = await outbox.totals();
  const { extension: newest, start } = await agentSays.read();
  return {
    paired: paired !== null,
    port: paired?.port ?? DEFAULT_PORT,
    link: await link.read(),
    agentAllowed: await api.permissions.contains({ origins: [AGENT_ORIGIN] }),
    version: us.version,
    onDisk: us.onDisk,
    newer: isNewer(us.onDisk, us.version),
    outdated: isNewer(newest, us.version),
    start: start || "earmark start",
    temporary: us.temporary && !us.trial,
    refusal: await planRefusal(),
    granted,
    policy,
    waiting,
    chosen: waiting.length,
    pluginSites: sitesOfPlugins(await platforms(), granted, policy),
    dropped,
    unsent: fragments,
  };
}

/** What is true of one tab, as siteState wants it; `address` is that of its web page, or null. */
export async function factsOf(id, address) {
  const host = address?.hostname ?? "";
  const origin = address && originOf(address);
  const [entries, kept, policy] = [await platforms(), await choices(), await policyNow()];
  const script = await scriptIn(id);
  return {
    host,
    own: host === "earmark.localhost",
    allowed: allowsHost(policy, host),
    granted: address !== null && (await api.permissions.contains({ origins: [origin] })),
    keep: keepFor(kept, address?.href),
    conversation: conversationAt(entries, kept, policy, address?.href),
    pause: await pauseFor(host),
    present: script !== null,
    ...beyond(entries, kept, address, script),
    frames: await closedFrames(entries, policy, script?.frames ?? []),
    hereChosen: kept.sites.some(({ site }) => host === site || host.endsWith(`.${site}`)),
  };
}

export const originOf = ({ protocol, hostname }) => `${protocol}//${hostname}/*`;

/** What our script says of the page, or will say; null where the tab is older than our last update. */
async function scriptIn(id) {
  const { status } = await api.tabs.get(id);
  if (status === "loading") return {};
  return api.tabs.sendMessage(id, { type: "hello" }, { frameId: 0 }).then((said) => said ?? null, () => null);
}

/** Whether the page's platform asks for responses, and whether they are allowed: `""`, `off` or `on`. */
function beyond(entries, kept, address, script) {
  const entry = entryAt(entries, address?.href, script?.platform);
  const asks = entry?.responses?.length > 0;
  return { label: entry?.label ?? "", responses: asks ? (allowsResponses(kept, address?.href) ? "on" : "off") : "" };
}

/** The frames of platforms we know whose sites are not allowed: `[{host, origin}]`. */
async function closedFrames(entries, policy, frames) {
  const known = frames.map(webAddress).filter((frame) => frame && allowsHost(policy, frame.hostname) && entryAt(entries, frame.href));
  const origins = [...new Set(known.map(originOf))];
  const open = await Promise.all(origins.map((origin) => api.permissions.contains({ origins: [origin] })));
  return origins.filter((_, at) => !open[at]).map((origin) => ({ host: webAddress(origin).hostname, origin }));
}
