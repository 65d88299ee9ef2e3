// How well the page in a tab is heard: what its script found goes to the agent, what the agent says
// of it stays here while the tab shows that page, for the popup.
import { AgentError, pageHealth, proveIdentity, sendPageReport, verify } from "./agent.js";
import { api, storedPerTab } from "./browser.js";
import { connection } from "./connection.js";
import { isVisitIn } from "./counts.js";
import { admitted } from "./listen.js";

const NOTHING = { visit: "", url: "", top: false, health: null };
const stored = storedPerTab("health", NOTHING);

/** `{url, health}` of the page in a tab; no `health` where it is not known, as of sites without a plugin. */
export async function healthOf(tab) {
  const found = await stored(tab).read();
  return (await isVisitIn(tab, found.visit)) ? found : NOTHING;
}

/** A page has settled, or grown. What cannot be told now is told with the next visit. */
export async function onPageReport({ visit, page, elements, empty }, sender) {
  const known = await admitted(visit, page, sender);
  if (!known) return { kept: false };
  const body = JSON.stringify({ page: known, elements, empty });
  const health = await asked((paired) => sendPageReport(paired, body));
  if (health) await keep(sender.tab.id, { visit, url: known.url, top: !sender.frameId, health });
  return { kept: health !== null };
}

/** Of a page with frames, what is said of the page itself goes first. */
async function keep(tab, told) {
  if (!told.top && (await healthOf(tab)).top) return;
  await stored(tab).write(told);
}

/** Ask the agent once more, as when somebody opens the popup. */
export async function lookAtHealth({ tab }) {
  const { url } = await healthOf(tab);
  if (!url) return;
  const health = await asked((paired) => pageHealth(paired, url));
  if (health) await stored(tab).update((now) => (now.url === url ? { ...now, health } : now));
}

/** The person looked at samples and said whether they are right. */
export async function onVerified({ tab, right }) {
  const { url, health } = await healthOf(tab);
  await asked((paired) => verify(paired, JSON.stringify({ url, platform: health.platform, right })));
  await lookAtHealth({ tab });
}

/** The answer of the agent; null where it has none for us. */
async function asked(question) {
  const paired = await connection();
  if (!paired) return null;
  try {
    await proveIdentity(paired);
    return await question(paired);
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    return null; // away, or too old to ask: counting goes on without it
  }
}

export function forgetHealthOfClosedTabs() {
  api.tabs.onRemoved.addListener((tab) => api.storage.session.remove(stored(tab).key));
}
