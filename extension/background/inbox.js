// Opens the inbox, signed in where this browser is paired with who answers on the port.
import { AgentError, proveIdentity, signInLink } from "./agent.js";
import { api } from "./browser.js";
import { DEFAULT_PORT, connection } from "./connection.js";

/** `path` names one page of it. */
export async function openInbox(path = "/") {
  const paired = await connection();
  const inbox = `http://earmark.localhost:${paired?.port ?? DEFAULT_PORT}/`;
  const link = paired && (await signedIn(paired, inbox));
  const url = new URL(link ?? path, inbox);
  if (link && path !== "/") url.searchParams.set("to", path);
  await api.tabs.create({ url: url.href });
}

/** The address that signs in; null where the agent gives none, and the inbox itself says what to do. */
async function signedIn(paired, inbox) {
  try {
    await proveIdentity(paired);
    const link = await signInLink(paired);
    return link.startsWith(inbox) ? link : null;
  } catch (error) {
    if (error instanceof AgentError) return null;
    throw error;
  }
}
