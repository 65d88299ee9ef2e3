// The keyboard. The help dialog is the list of what exists: a key that does not stand there does
// nothing. Keys are bound by their place (`code`), so that they work in every layout.
import { changeState } from "./acts.js";
import { pressFlash } from "./flash.js";
import { close, open, openItem } from "./pane.js";
import { currentRow, visibleRows } from "./rows.js";

const help = document.getElementById("help");
const bindings = new Map();
let prefix = "";

const COMMANDS = {
  next: () => move(1),
  previous: () => move(-1),
  open: () => openRow(currentRow()),
  back: () => close(),
  done: () => setState("done"),
  "done-next": doneAndNext,
  snooze: () => setState("snoozed"),
  undo: () => pressFlash(),
  tag: () => focusIn("#new-tag"),
  language: () => chooseIn("#language"),
  feeling: () => focusIn("#feeling:not(:has([aria-pressed=true])) button, #feeling [aria-pressed=true]"),
  why: () => pressIn("[data-why]"),
  note: () => focusIn("#note"),
  search: () => focusIn("#search"),
  inbox: () => location.assign("/"),
  learned: () => location.assign("/learned"),
  setup: () => location.assign("/setup"),
  browsers: () => location.assign("/browsers"),
  problems: () => location.assign("/problems"),
  help: () => help.showModal(),
};

function openRow(row) {
  if (row) return open(row.querySelector(".row-open").href);
}

/** To the next row (1) or the previous (-1); the open item follows. */
function move(step) {
  const rows = visibleRows();
  const at = rows.indexOf(currentRow());
  const row = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (!row) return;
  row.querySelector(".row-open").focus();
  row.scrollIntoView({ block: "nearest" });
  if (openItem()) openRow(row);
}

const currentPath = () =>
  document.activeElement?.closest?.(".row")?.dataset.path ?? openItem()?.dataset.path ?? currentRow()?.dataset.path;

function setState(state) {
  const path = currentPath();
  if (path) return changeState(path, state);
}

async function doneAndNext() {
  await setState("done");
  move(1);
}

/** What stands in the open item; the current row is opened where none is. */
async function inItem(selector) {
  if (!document.querySelector(selector)) await openRow(currentRow());
  return document.querySelector(selector);
}

async function focusIn(selector) {
  const found = await inItem(selector);
  found?.focus();
  return found;
}

async function pressIn(selector) {
  (await inItem(selector))?.click();
}

/** Opens a list to choose from, where the browser lets a script do that. */
async function chooseIn(selector) {
  const list = await focusIn(selector);
  if (navigator.userActivation?.isActive) list?.showPicker?.();
}

function chord(event) {
  return (event.shiftKey ? "Shift+" : "") + event.code;
}

function commandOf(event) {
  if (event.key === "?") return "help";
  if (event.key === "/") return "search";
  if (event.key === "}") return "done-next";
  return bindings.get(prefix + chord(event));
}

/** Keys typed into a field are text; only Escape leaves it. */
function isForField(event) {
  const field = event.target.closest?.("input, textarea, select");
  if (field && event.code === "Escape") field.blur();
  return Boolean(field);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || isForField(event)) return;
  const starts = [...bindings.keys()].some((keys) => keys.startsWith(`${chord(event)}+`));
  if (!prefix && starts) {
    prefix = `${chord(event)}+`;
    setTimeout(() => (prefix = ""), 1200);
    return;
  }
  const command = commandOf(event);
  prefix = "";
  if (!command) return;
  event.preventDefault();
  COMMANDS[command]();
}

/** Binds what the help dialog lists. */
export function bindKeys() {
  for (const entry of help.querySelectorAll("[data-command]")) {
    for (const keys of entry.dataset.codes.split(" ")) bindings.set(keys, entry.dataset.command);
  }
  document.addEventListener("keydown", onKey);
}
