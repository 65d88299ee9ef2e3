// Changes to an item: the page's forms, sent to the API so that nothing has to be loaded anew.
import { fetchItem, patchItem } from "./fetching.js";
import { flash } from "./flash.js";
import { learn } from "./learn.js";
import { isAsBefore, isTyping, openItem, refreshPane, settle } from "./pane.js";
import { fetchRows, replaceRow, rowOf } from "./rows.js";
import { say, stateName } from "./words.js";

/** What a form asks for, as the API takes it. */
const PATCHES = {
  state: (data) => ({ state: data.get("state") }),
  tags: (data) => ({ [`${tagAct(data)}_tags`]: [tagOf(data)] }),
  language: (data) => ({ language: data.get("language") }),
  feeling: (data) => ({ sentiment: { label: data.get("feeling") } }),
  note: (data) => ({ note: data.get("note").trim() }),
};

/** `add`, `remove` or `forget`. */
const tagAct = (data) => ["remove", "forget", "add"].find((act) => data.get(act) !== null);

/** The tag that was pressed or typed, by its name or by what it is called here. */
function tagOf(data) {
  const typed = data.get(tagAct(data)).trim();
  const suggested = [...document.querySelectorAll("#tag-names option")];
  const called = suggested.find((option) => option.label.toLowerCase() === typed.toLowerCase());
  return suggested.some((option) => option.value === typed) ? typed : (called?.value ?? typed);
}

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
    if ("language" in patch) settle(document.getElementById("language"));
    if (!isTyping()) await refreshPane();
    if (answer.item?.learnable) openItem()?.querySelector(".from-now-on")?.setAttribute("open", "");
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
  if (form.dataset.act === "learn") await learn(form, event.submitter);
  else if (form.dataset.act === "state") await changeState(path, data.get("state"));
  else await changeOther(form, path, data);
}

async function changeOther(form, path, data) {
  const act = form.dataset.act;
  const typed = form.elements.add?.tagName === "INPUT" ? form.elements.add : null;
  if (typed) typed.value = "";
  const done = await change(path, PATCHES[act](data));
  if (!done && typed) typed.value = data.get("add");
  if (!done && act === "language") form.reset();
  if (!done) return;
  if (act === "note") return flash(say("saved"));
  const { text, back } = corrected(form, data);
  flash(text, back && { label: say("undo"), action: () => change(path, back).then(() => redrawRow(path)) });
  await redrawRow(path);
}

/** What to say of a correction, and the patch that takes it back: to what the person had said
before, which the form carries, or else to what had been judged. */
function corrected(form, data) {
  const before = form.dataset.before ?? "";
  const act = form.dataset.act;
  if (act === "tags") return ofTag(data, before);
  const said = data.get(act);
  const back = PATCHES[act](new Map([[act, before]]));
  if (!said) return { text: say("back"), back: before && back };
  return { text: say(act, { [act]: called(form, act, said) }), back };
}

function ofTag(data, before) {
  const [act, name] = [tagAct(data), tagOf(data)];
  if (act === "forget") return { text: say("back") };
  const text = say(act === "add" ? "tagged" : "untagged", { tag: tagLabel(name) });
  return { text, back: act === "remove" && before ? { add_tags: [name] } : { forget_tags: [name] } };
}

/** What a value of a form is called on the page. */
function called(form, name, value) {
  const choice = form.querySelector(`option[value="${CSS.escape(value)}"], button[value="${CSS.escape(value)}"]`);
  return choice?.textContent.trim() ?? value;
}

const tagLabel = (name) =>
  [...document.querySelectorAll("#tag-names option")].find((option) => option.value === name)?.label ?? name;

/** Tags stand in the row as well. */
async function redrawRow(path) {
  const old = rowOf(path);
  const fresh = old && (await fetchRows())?.rows.find((row) => row.dataset.path === path);
  if (fresh) replaceRow(old, fresh);
}

let stepping = false;

/** A language counts once it is chosen. On a closed list each arrow key changes it: there it counts
with Enter, or when the list is left, and Escape leaves it as it was. */
function onChoice(event) {
  if (event.target.id !== "language") return;
  if (event.key === "Escape") event.target.form.reset();
  if (event.type === "keydown") stepping = !["Enter", "Tab", "Escape"].includes(event.key);
  if (event.type === "pointerdown") stepping = false;
  const settled = event.type === "change" ? !stepping : event.type === "focusout" || event.key === "Enter";
  if (!settled || isAsBefore(event.target)) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

/** Takes over the forms on items. */
export function listenToForms() {
  document.addEventListener("submit", onSubmit);
  for (const type of ["change", "keydown", "pointerdown", "focusout"]) document.addEventListener(type, onChoice);
}
