// Who we are to the agent: this browser's id, the port and token of the pairing, how it goes.
import { AgentError, expectEarmark, pair as exchange } from "./agent.js";
import { Stored, api } from "./browser.js";

export const DEFAULT_PORT = 47650;
const CODE = /^(\d{4,5})([0-9A-Z]{8})$/;

const identity = new Stored("local", "browser", null);
const pairing = new Stored("local", "pairing", null);

/** How the last attempt went: `unknown`, `ok`, or the kind of an AgentError. */
export const link = new Stored("session", "link", "unknown");

/** `{port, token, browser}`, or null when not paired. */
export async function connection() {
  const paired = await pairing.read();
  return paired && { ...paired, browser: await browserId() };
}

/** `{port, code}` in what a person typed, or null; spaces, dashes, case and script do not matter. */
export function readCode(typed) {
  const signs = plainDigits(typed).toUpperCase().replace(/[^0-9A-Z]/g, "");
  const [, port, secret] = CODE.exec(signs) ?? [];
  if (!secret || Number(port) < 1 || Number(port) > 65535) return null;
  return { port: Number(port), code: `${port}-${secret.slice(0, 4)}-${secret.slice(4)}` };
}

/** Persian, Arabic and full-width digits as 0 to 9. */
const plainDigits = (text) =>
  text.normalize("NFKC").replace(/\p{Nd}/gu, (digit) => String(digit.codePointAt(0) - zeroOf(digit)));

function zeroOf(digit) {
  let zero = digit.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0) - zero < 9) zero -= 1;
  return zero;
}

/** Pair with the agent that showed the code `typed`; throws AgentError. */
export async function pair(typed) {
  const read = readCode(typed);
  if (!read) throw new AgentError("wrong_code");
  await expectEarmark(read.port);
  const token = await exchange(read.port, {
    code: read.code,
    browser: await browserId(),
    name: await browserName(),
  });
  await pairing.write({ port: read.port, token });
  await link.write("unknown");
}

export async function unpair() {
  await pairing.write(null);
  await link.write("unknown");
}

/** The id that this installation made up for itself. */
async function browserId() {
  return identity.update((known) => known ?? crypto.randomUUID());
}

async function browserName() {
  const { os } = await api.runtime.getPlatformInfo();
  const brand = navigator.userAgent.match(/(Firefox|Edg|OPR|Chrome)\/\d+/)?.[0].replace("/", " ") ?? "Browser";
  return `${brand} (${os})`;
}
