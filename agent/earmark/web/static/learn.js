// What the words of an item mean from now on: learned without leaving the page, and forgotten again.
import { pressForm } from "./fetching.js";
import { flash } from "./flash.js";
import { refreshPane } from "./pane.js";
import { say } from "./words.js";

/** Sends a form that teaches, says what came of it, and offers the way back. */
export async function learn(form, submitter) {
  const answer = await pressForm(form, submitter);
  if (answer?.status === 401) return flash(say("expired"));
  if (!answer?.done) return flash(answer?.page.querySelector("[role=alert]")?.textContent.trim() || say("failed"));
  tell(answer.page);
  await refreshPane();
}

/** Shows the line that the page of the answer has, with its undoing form as a button. */
function tell(page) {
  const undo = page.querySelector("#flash form");
  const press = undo && { label: say("undo"), action: () => learn(undo, undo.querySelector("button")) };
  flash(page.querySelector("#flash p")?.textContent ?? say("saved"), press);
}
