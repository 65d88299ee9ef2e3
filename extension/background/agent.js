// The one file that fetches: the agent on this machine, and files of the extension itself.

const ANSWER_WITHIN_MS = 20_000;
const RECORD_WITHIN_MS = 125_000; // the agent gives up after two minutes
const encode = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * What went wrong, by `kind`: `absent` (nobody answers), `stranger` (somebody who is not our
 * agent), `token` (it does not know this browser), `wrong_code` (not the pairing
 * code), `no_code` (none is waiting), `busy` (try later), `rejected` (this very request is wrong and always will be).
 */
export class AgentError extends Error {
  constructor(kind, message = kind, status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** Make sure that who listens on the port holds the secret of our pairing; sends nothing of it. */
export async function proveIdentity({ port, token, browser }) {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  const status = await statusOf(port, `?nonce=${nonce}&browser=${encodeURIComponent(browser)}`);
  if (status.proof === undefined) throw new AgentError("token");
  if (status.proof !== (await proofOf(token, nonce + port))) throw new AgentError("stranger");
}

/** Make sure that the port's owner at least calls itself Earmark: all one can know before pairing. */
export async function expectEarmark(port) {
  await statusOf(port, "");
}

/** Exchange a pairing code for a token. */
export async function pair(port, { code, browser, name }) {
  const body = JSON.stringify({ code, browser, name });
  const answer = await post(port, "/v1/pair", body).catch((error) => {
    throw new AgentError({ 403: "wrong_code", 409: "no_code" }[error.status] ?? error.kind, error.message, error.status);
  });
  return (await answer.json()).token;
}

/** The capture plan `{etag, plan}`, or null when `etag` is still right. */
export async function fetchPlan({ port, token }, etag) {
  const headers = { Authorization: `Bearer ${token}`, ...(etag ? { "If-None-Match": etag } : {}) };
  const answer = await request(port, "/v1/plan", { headers });
  if (answer.status === 304) return null;
  return { etag: answer.headers.get("ETag") ?? "", plan: await answer.json() };
}

/** Hand over one batch, given as JSON text; resolves to the agent's results. */
export async function sendCaptures({ port, token }, body) {
  const answer = await post(port, "/v1/captures", body, { Authorization: `Bearer ${token}` });
  return (await answer.json()).results;
}

/** Say how the extension is doing, as JSON text; resolves to `{extension, policy}`, what the agent says of that. */
export async function sendCondition({ port, token }, body) {
  const answer = await post(port, "/v1/condition", body, { Authorization: `Bearer ${token}` });
  return answer.json();
}

/** Say what a page that has settled holds, as JSON text; resolves to how well it is heard. */
export const sendPageReport = (connection, body) => told(connection, "/v1/page-reports", body);

/** Say whether what was heard on a site is right, as JSON text. */
export const verify = (connection, body) => told(connection, "/v1/verifications", body);

/** Switch on or off what is off by default for a page, as JSON text. */
export const sendPageChoices = (connection, body) => told(connection, "/v1/page-choices", body);

/** Hand over a page as a case for plugin authors, as JSON text; resolves to `{folder, items, replaced}`. */
export const sendCase = (connection, body) => told(connection, "/v1/cases", body, RECORD_WITHIN_MS);

/** How well a page is heard. */
export async function pageHealth({ port, token }, url) {
  const headers = { Authorization: `Bearer ${token}` };
  return (await request(port, `/v1/page-health?url=${encodeURIComponent(url)}`, { headers })).json();
}

async function told({ port, token }, path, body, within = ANSWER_WITHIN_MS) {
  return (await post(port, path, body, { Authorization: `Bearer ${token}` }, within)).json();
}

/** An address that signs this browser in to the inbox, good once; a signed-in one goes on to it. */
export async function signInLink({ port, token }) {
  const answer = await post(port, "/v1/sign-in-links", "{}", { Authorization: `Bearer ${token}` });
  return (await answer.json()).url;
}

/** A JSON file of the extension's own folder, as it is on disk now; null where there is none. */
export async function ownFile(url) {
  try {
    return await (await fetch(url, { cache: "no-store" })).json();
  } catch (error) {
    // Not there (Chromium, Firefox), or half written.
    if (["TypeError", "AbortError", "SyntaxError"].includes(error.name)) return null;
    throw error;
  }
}

async function statusOf(port, query) {
  const answer = await request(port, `/v1/status${query}`, {}).catch((error) => {
    throw error.kind === "rejected" ? new AgentError("stranger") : error;
  });
  const status = await answer.json().catch(() => ({}));
  if (status.product !== "earmark") throw new AgentError("stranger");
  if (!status.ready) throw new AgentError("busy");
  return status;
}

async function proofOf(token, message) {
  const secret = await crypto.subtle.digest("SHA-256", encode(token));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, encode(message)));
}

const post = (port, path, body, headers = {}, within = ANSWER_WITHIN_MS) =>
  request(port, path, { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } }, within);

async function request(port, path, options, within = ANSWER_WITHIN_MS) {
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...options,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(within),
    });
  } catch (error) {
    throw new AgentError("absent", error.message);
  }
  if (answer.ok || answer.status === 304) return answer;
  throw await failure(answer);
}

async function failure(answer) {
  const body = await answer.json().catch(() => ({}));
  const message = [body.error?.message, body.error?.hint].filter(Boolean).join(" ") || `HTTP ${answer.status}`;
  return new AgentError(kindOf(answer.status), message, answer.status);
}

function kindOf(status) {
  if (status === 401 || status === 403) return "token";
  return status === 408 || status === 429 || status >= 500 ? "busy" : "rejected";
}
