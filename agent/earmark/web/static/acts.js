// Changes to an item: the page's forms, sent to the API so that nothing has to be loaded anew.
import { fetchItem, patchItem } from "./fetching.js";
import { flash } from "./flash.js";
import { isTyping, openItem, refreshPane } from "./pane.js";
import { fetchRows, replaceRow, rowOf } from "./rows.js";
import { say, stateName } from "./words.js";

/** What a form asks for, as the API takes it. */
const PATCHES = {
  state: (data) => ({ state: data.get("state") }),
  tags: (data) => (data.get("remove") ? { remove_tags: [data.get("remove")] } : { add_tags: [data.get("add").trim()] }),
  note: (data) => ({ note: data.get("note").trim() }),
};

/** The element that shows an item: its pane, else its row. */
const shownAt = (path) => (openItem()?.dataset.path === path ? openItem() : rowOf(path));

/** Whether what `patch` changes still is as the person saw it. */
function untouched(patch, item, seen) {
  if ("state" in patch) return item.state === seen.state;
  if ("note" in patch) return (item.note ?? "") === seen.note;
  return true;
}

/** Sends a change; where only other things changed meanwhile (a new sighting), sends it again. */
async function send(path, patch) {
  const shown = shownAt(path);
  const seen = { state: shown?.dataset.state, note: openItem()?.querySelector("#note")?.defaultValue.trim() };
  const answer = await patchItem(path, shown?.dataset.revision ?? 0, patch);
  if (answer.status !== 412) return answer;
  const item = await fetchItem(path);
  return item && untouched(patch, item, seen) ? patchItem(path, item.revision, patch) : answer;
}

/** Changes an item and shows the result; true when it was changed. */
export async function change(path, patch) {
  const answer = await send(path, patch);
  if (answer.status === 401) flash(say("expired"));
  else if (answer.status === 412) flash(say("conflict"));
  else if (!answer.item) flash(say("failed"));
  const row = rowOf(path);
  if (answer.item && row) markRow(row, answer.item);
  if (answer.item && openItem()?.dataset.path === path) mark(openItem(), answer.item);
  if (openItem()?.dataset.path === path && (answer.item || answer.status === 412)) {
    if ("note" in patch && answer.item) settleNote(answer.item);
    if (!isTyping()) await refreshPane();
  }
  return Boolean(answer.item);
}

/** What the next change is based on: at once, for it may come before the item is shown anew. */
function mark(element, item) {
  element.dataset.revision = item.revision;
  element.dataset.state = item.state;
}

function markRow(row, item) {
  mark(row, item);
  const label = row.querySelector(".state");
  label.className = `state state-${item.state}`;
  label.textContent = stateName(item.state);
}

function settleNote(item) {
  const note = document.getElementById("note");
  note.defaultValue = item.note ?? "";
}

/** Changes an item's state and offers the way back. */
export async function changeState(path, state) {
  const before = shownAt(path)?.dataset.state;
  if (before === state || !(await change(path, { state }))) return;
  const undo = { label: say("undo"), action: () => change(path, { state: before }) };
  flash(say("state", { state: stateName(state) }), undo);
}

async function onSubmit(event) {
  const form = event.target;
  if (!form.dataset?.act) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const path = form.dataset.item;
  if (form.dataset.act === "state") await changeState(path, data.get("state"));
  else await changeOther(form, path, data);
}

async function changeOther(form, path, data) {
  const typed = form.elements.add;
  if (typed) typed.value = "";
  const done = await change(path, PATCHES[form.dataset.act](data));
  if (!done && typed) typed.value = data.get("add");
  if (!done) return;
  if (form.dataset.act === "note") flash(say("saved"));
  else await redrawRow(path);
}

/** Tags stand in the row as well. */
async function redrawRow(path) {
  const old = rowOf(path);
  const fresh = old && (await fetchRows())?.rows.find((row) => row.dataset.path === path);
  if (fresh) replaceRow(old, fresh);
}

/** Takes over the forms on items. */
export function listenToForms() {
  document.addEventListener("submit", onSubmit);
}
