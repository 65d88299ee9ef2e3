// What a person switches on or off in the popup for the page in front of them.
import { proveIdentity, sendPageChoices } from "./agent.js";
import { connection } from "./connection.js";
import { retryNow } from "./sender.js";
import { hearResponsesInOpenTabs } from "./sites.js";

/** `wishes` for the page at `url`: `{responses?, messages?, conversation?}`. The agent keeps them; the plan tells of them. */
export async function choose({ url, wishes }) {
  const paired = await connection();
  await proveIdentity(paired);
  await sendPageChoices(paired, JSON.stringify({ url, ...wishes }));
  await retryNow();
  if (wishes.responses) await hearResponsesInOpenTabs();
}
