// What the words of an item mean from now on: kept as a correction, and forgotten again.
import { addCorrection, forgetCorrection } from "./fetching.js";
import { flash } from "./flash.js";
import { refreshPane } from "./pane.js";
import { say } from "./words.js";

/** The correction that a form holds, as the API takes it. */
function correctionIn(data) {
  const correction = {};
  for (const name of ["kind", "tag", "language", "phrase"]) if (data.get(name)) correction[name] = data.get(name).trim();
  if (data.has("strength")) correction.strength = Number(data.get("strength"));
  if (data.has("holds")) correction.holds = data.get("holds") === "yes";
  return correction;
}

/** Keeps the correction of a form, and offers the way back. */
export async function learn(data) {
  const answer = await addCorrection(correctionIn(data));
  if (answer.status === 401) return flash(say("expired"));
  if (!answer.kept) return flash(answer.message ?? say("failed"));
  flash(say("learned"), { label: say("undo"), action: () => unlearn(answer.kept.id) });
  await refreshPane();
}

async function unlearn(id) {
  flash(say((await forgetCorrection(id)) ? "back" : "failed"));
  await refreshPane();
}
