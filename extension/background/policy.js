// What an organisation allows: told by the browser (managed storage) and by the agent, which knows
// of the system's own file. Both say it in the words of the agent's policy.py; the strictest counts.
import { Stored, api } from "./browser.js";
import { webAddress } from "./url_pattern.js";

const HERE = new Set(["127.0.0.1", "[::1]", "localhost", "earmark.localhost"]);

const NOTHING_SAID = { extension: "", policy: {}, start: "" };

/** What the agent last said: the extension's newest version, the policy it goes by, and what starts it. */
export const agentSays = new Stored("local", "agent_says", NOTHING_SAID);
export const forgetAgent = () => agentSays.write(NOTHING_SAID);

/** The policy as the browser gives it, or null. Firefox answers with an error where nobody set one. */
export async function managedPolicy() {
  const found = await api.storage.managed.get().catch(() => ({}));
  return Object.keys(found).length ? found : null;
}

/** What holds: `{allowed_sites, messages, retention_days, webhooks, plugins}`; a key not there is free. */
export async function policyNow() {
  return strictest(understood((await managedPolicy()) ?? {}), understood((await agentSays.read()).policy));
}

/** Whether pages on a host may be heard. */
export const allowsHost = ({ allowed_sites: sites }, host) =>
  !sites || HERE.has(host) || sites.some((site) => covers(site, bare(host)));

/** As much of `said` as is a policy; the agent tells its owner of the rest. */
export function understood(said) {
  const { allowed_sites, messages, retention_days, webhooks, plugins } = said ?? {};
  return {
    ...(Array.isArray(allowed_sites) ? { allowed_sites: names(allowed_sites).map(hostOf).filter(Boolean) } : {}),
    ...(typeof messages === "boolean" ? { messages } : {}),
    ...(Number.isInteger(retention_days) && retention_days > 0 ? { retention_days } : {}),
    ...(typeof webhooks === "boolean" ? { webhooks } : {}),
    ...(Array.isArray(plugins) ? { plugins: names(plugins) } : {}),
  };
}

/** What two policies both allow. */
export function strictest(one, other) {
  const both = { ...one, ...other };
  for (const [key, choose] of Object.entries(CHOOSE)) {
    if (key in one && key in other) both[key] = choose(one[key], other[key]);
  }
  return both;
}

const CHOOSE = {
  allowed_sites: (one, other) => [...new Set([...within(one, other), ...within(other, one)])],
  messages: (one, other) => one && other,
  retention_days: Math.min,
  webhooks: (one, other) => one && other,
  plugins: (one, other) => one.filter((name) => other.includes(name)),
};

const within = (sites, wide) => sites.filter((site) => wide.some((each) => covers(each, site)));
const covers = (site, host) => host === site || host.endsWith(`.${site}`);
const names = (list) => list.filter((name) => typeof name === "string" && name.trim()).map((name) => name.trim());
const hostOf = (site) => bare(webAddress(site.includes("://") ? site : `https://${site}`)?.hostname ?? "");
const bare = (host) => host.replace(/^www\./, "").replace(/\.$/, "");
