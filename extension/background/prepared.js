// A copy of the extension made by `earmark try` carries a pairing code; the normal one carries none.
import { ownFile } from "./agent.js";
import { Stored, api } from "./browser.js";
import { connection, pair } from "./connection.js";

const used = new Stored("local", "used_code", null);

/** Pair with the prepared code, once; resolves to whether it did. */
export async function pairPrepared() {
  if (await connection()) return false;
  const prepared = await ownFile(api.runtime.getURL("try.json"));
  if (!prepared || prepared.code === (await used.read())) return false;
  await pair(prepared.code);
  await used.write(prepared.code);
  return true;
}
