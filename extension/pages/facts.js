// The facts that the popup and the settings are made of.
import { api } from "../background/browser.js";
import { keepFor, notGranted } from "../background/choices.js";
import { DEFAULT_PORT, connection, link } from "../background/connection.js";
import { outbox } from "../background/outbox.js";
import { pauseFor } from "../background/pause.js";
import { choices, planRefusal } from "../background/plan.js";
import { agentSays, allowsHost, policyNow } from "../background/policy.js";
import { aboutUs, isNewer } from "../background/self.js";
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
    dropped,
    unsent: fragments,
  };
}

/** What is true of one tab, as siteState wants it; `address` is that of its web page, or null. */
export async function factsOf(id, address) {
  const host = address?.hostname ?? "";
  const origin = address && originOf(address);
  return {
    host,
    own: host === "earmark.localhost",
    allowed: allowsHost(await policyNow(), host),
    granted: address !== null && (await api.permissions.contains({ origins: [origin] })),
    keep: keepFor(await choices(), address?.href),
    pause: await pauseFor(host),
    present: await isPresent(id),
    hereChosen: (await choices()).sites.some(({ site }) => host === site || host.endsWith(`.${site}`)),
  };
}

export const originOf = ({ protocol, hostname }) => `${protocol}//${hostname}/*`;

/** Whether our script is in the page, or will be; it is not where the tab is older than our last update. */
async function isPresent(id) {
  const { status } = await api.tabs.get(id);
  if (status === "loading") return true;
  return api.tabs.sendMessage(id, { type: "hello" }, { frameId: 0 }).then(Boolean, () => false);
}
