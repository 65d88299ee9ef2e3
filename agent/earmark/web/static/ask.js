// An ask beside its item: forms are sent, and answers looked at, without leaving the page.
import { sendForm } from "./fetching.js";
import { flash } from "./flash.js";
import { refreshPane } from "./pane.js";
import { say } from "./words.js";

async function onSubmit(event) {
  const form = event.target;
  if (!form.matches?.("[data-ask]")) return;
  event.preventDefault();
  const pressed = event.submitter;
  const more = pressed?.name ? { [pressed.name]: pressed.value } : {};
  const answer = await sendForm(form, { ...more, stay: "yes" });
  if (!answer) return flash(say("failed"));
  await refreshPane();
}

/** A tick counts at once; “none of these” goes with no other. */
function onChange(event) {
  const tick = event.target;
  if (!tick.matches?.(".ticked input")) return;
  for (const other of tick.form.querySelectorAll(".ticked input")) {
    if (tick.checked && (tick.value === "none") !== (other.value === "none")) other.checked = false;
  }
  tick.form.requestSubmit(tick.form.querySelector("[value=save]"));
}

async function onClick(event) {
  const link = event.target.closest?.("[data-ask-link]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  await refreshPane();
}

document.documentElement.classList.add("tick-saves");
document.addEventListener("submit", onSubmit);
document.addEventListener("change", onChange);
document.addEventListener("click", onClick);
