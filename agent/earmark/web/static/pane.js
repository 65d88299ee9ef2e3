// The side pane: where there is room, an item opens beside the list instead of on a page of its own.
import { fetchPiece } from "./fetching.js";
import { list, markOpen, rowOf } from "./rows.js";

const pane = document.getElementById("pane");
const wide = matchMedia("(min-width: 52rem)");
const listTitle = document.title;
let asked = 0;

export const openItem = () => pane.querySelector(".item");
const pathOf = (address) => new URL(address, location.href).pathname;
const isItem = (address) => pathOf(address).startsWith("/items/");

/** Whether something was typed that showing the item anew would lose. */
export function isTyping() {
  const fields = "#note, #new-tag, .ask textarea, .ask [name=words], #language, .from-now-on input:not([type=hidden])";
  return [...pane.querySelectorAll(fields)].some((field) => !isAsBefore(field));
}

/** Whether a field says what it said when it was shown. */
export function isAsBefore(field) {
  if (!field.options) return field.value === field.defaultValue;
  return [...field.options].every((option) => option.selected === option.defaultSelected);
}

/** Takes what is chosen in a list for what it was shown with. */
export function settle(list) {
  for (const option of list.options) option.defaultSelected = option.selected;
}

/** The reasons that are unfolded. */
const unfolded = () => [...pane.querySelectorAll("details[open][data-name]")].map((each) => each.dataset.name);

/** A selector that finds the focused control again after the item was shown anew. */
function heldControl() {
  const held = document.activeElement;
  if (!pane.contains(held)) return "";
  if (held.id) return `#${CSS.escape(held.id)}`;
  return held.name ? `[name="${held.name}"][value="${CSS.escape(held.value)}"]` : ":scope";
}

/** Fetches the open item anew. */
export const refreshPane = () => show(location.href, { top: false });

/** Shows an item in the pane; false where it cannot be had. */
async function show(address, { top = true } = {}) {
  const turn = ++asked;
  const wanted = new URL(address, location.href);
  wanted.searchParams.set("part", "item");
  const piece = await fetchPiece(wanted.pathname + wanted.search);
  if (turn !== asked) return true; // something asked for later is shown instead
  if (!piece) return false;
  const held = heldControl();
  const kept = openItem()?.dataset.path === wanted.pathname ? unfolded() : [];
  pane.replaceChildren(...piece.childNodes);
  for (const name of kept) pane.querySelector(`details[data-name="${CSS.escape(name)}"]`)?.setAttribute("open", "");
  if (held) (pane.querySelector(held) ?? pane).focus({ preventScroll: true });
  if (top) pane.scrollTop = 0;
  document.body.classList.add("with-item");
  document.title = `${pane.querySelector("h1").textContent.trim()} · Earmark`;
  markOpen(wanted.pathname);
  return true;
}

/** Opens an item beside the list, or leaves for its page where there is no room. */
export async function open(address) {
  if (!wide.matches) return location.assign(address);
  // The address first: a refresh that comes meanwhile must fetch this item, not the one before.
  if (location.href !== new URL(address, location.href).href) history.pushState({}, "", address);
  if (!(await show(address))) location.assign(address);
}

/** Back from the item to the list. */
export function close() {
  const item = openItem();
  if (!item) return;
  const back = item.querySelector("[data-back]").getAttribute("href");
  if (!wide.matches) return location.assign(back);
  const row = rowOf(item.dataset.path);
  history.pushState({}, "", back);
  clear();
  row?.querySelector(".row-open").focus();
}

function clear() {
  asked += 1;
  pane.replaceChildren();
  document.body.classList.remove("with-item");
  document.title = listTitle;
  markOpen("");
}

function onClick(event) {
  const link = event.target.closest?.("a");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || !wide.matches) return;
  if (link.matches("[data-back]")) {
    event.preventDefault();
    close();
  } else if (link.matches(".row-open, [data-open]")) {
    event.preventDefault();
    open(link.href);
  }
}

function onPopState() {
  if (isItem(location.href)) show(location.href).then((shown) => shown || location.reload());
  else if (list() && openItem()) clear();
}

/** Lets links to items open beside the list. */
export function listenToLinks() {
  document.addEventListener("click", onClick);
  addEventListener("popstate", onPopState);
}
