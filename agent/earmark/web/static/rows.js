// The rows of the list: finding them, replacing them, and fetching what they show.
import { fetchPiece } from "./fetching.js";

export const list = () => document.getElementById("rows");
export const visibleRows = () => [...list().querySelectorAll(".row:not([hidden])")];
export const rowOf = (path) =>
  [...list().children].find((row) => row.dataset.path === path) ?? null;
export const currentRow = () =>
  document.activeElement?.closest?.(".row") ??
  list().querySelector(".row:has([aria-current])") ??
  null;

/** Marks the row whose item is open. */
export function markOpen(path) {
  for (const link of list().querySelectorAll(".row-open[aria-current]")) {
    link.removeAttribute("aria-current");
  }
  rowOf(path)?.querySelector(".row-open").setAttribute("aria-current", "true");
}

/** Puts a newer rendering in place of a row without losing focus or the mark. */
export function replaceRow(old, fresh) {
  const focused = old.contains(document.activeElement);
  const open = old.querySelector(".row-open[aria-current]");
  const row = document.importNode(fresh, true);
  row.hidden = old.hidden;
  if (open) row.querySelector(".row-open").setAttribute("aria-current", "true");
  old.replaceWith(row);
  if (focused) row.querySelector(".row-open").focus({ preventScroll: true });
  return row;
}

/** The rows the list's own address yields now; `limit` at most. */
export async function fetchRows(limit = "") {
  const query = new URLSearchParams(location.search);
  if (limit) query.set("limit", limit);
  const piece = await fetchPiece(`/rows?${query}`);
  return piece && { rows: [...piece.querySelectorAll(".row")], pager: piece.querySelector(".pager") };
}
