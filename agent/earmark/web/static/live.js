// Live arrival: what the agent stores appears here, without moving what is being read.
import { fetchPiece } from "./fetching.js";
import { flash } from "./flash.js";
import { isTyping, openItem, refreshPane } from "./pane.js";
import { fetchRows, list, replaceRow, rowOf } from "./rows.js";
import { number, say } from "./words.js";

const QUICK = 10; // rows fetched when something new is told of; more only if they do not reach
const MOST_ROWS = 400; // an inbox left open for days starts its list anew beyond this
const RETRY = 3000; // ms before asking again for events where the browser has given up
const pill = document.getElementById("arrived");
const scroller = document.getElementById("list");

let position = list().dataset.change; // the last change that the page or an event told of
let told = new Set();
let everything = false;
let running = false;
let filtersTimer = 0;

const escape = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const isFirstPage = () => list().dataset.first === "true";
const isFiltered = () => [...new URLSearchParams(location.search).keys()].some((key) => key !== "ui");
const isScrolled = () => scroller.scrollTop > 8 || scrollY > 8;

/** Whether new rows have to wait behind the button, for not to move what is being read. */
const mustWait = () => isScrolled() || isFiltered() || list().contains(document.activeElement);

/** Puts fetched rows where they belong; false where they do not reach down to a known one. */
function merge(rows) {
  const wait = mustWait();
  let above = null;
  let reached = list().children.length === 0;
  for (const row of rows) {
    const known = rowOf(row.dataset.path);
    reached ||= Boolean(known);
    if (known) above = known.dataset.revision === row.dataset.revision ? known : replaceRow(known, row);
    else if (isFirstPage()) above = insert(row, above, wait);
  }
  return reached;
}

function insert(fresh, above, wait) {
  const row = document.importNode(fresh, true);
  row.hidden = wait;
  row.classList.add("arriving");
  if (above) above.after(row);
  else list().prepend(row);
  return row;
}

function startAnew({ rows, pager }) {
  list().replaceChildren(...rows.map((row) => document.importNode(row, true)));
  document.querySelector(".pager").replaceWith(document.importNode(pager, true));
}

function showPill() {
  const waiting = list().querySelectorAll(".row[hidden]").length;
  pill.hidden = waiting === 0;
  pill.textContent = pill.dataset.label.replace("{count}", number(waiting));
}

function reveal() {
  for (const row of list().querySelectorAll(".row[hidden]")) row.hidden = false;
  showPill();
  scroller.scrollTop = 0;
  scrollTo(0, 0);
  list().querySelector(".row-open")?.focus({ preventScroll: true });
}

function leaveFirstSteps() {
  if (!list().children.length) return;
  document.body.classList.remove("first-time");
  document.querySelector("#list-body .empty")?.remove();
}

async function refreshFilters() {
  const query = new URLSearchParams(location.search);
  query.set("part", "filters");
  const place = document.getElementById("filters");
  const piece = await fetchPiece(`/rows?${query}`);
  if (piece && !place.contains(document.activeElement)) place.replaceChildren(...piece.childNodes);
}

function refreshOpen(paths, all) {
  const item = openItem();
  if (!item || !(all || paths.has(item.dataset.path))) return;
  if (rowOf(item.dataset.path)?.dataset.revision === item.dataset.revision) return;
  if (isTyping()) flash(say("changed"), { label: say("show"), action: refreshPane });
  else refreshPane();
}

async function update(paths, all) {
  const onlyNew = !all && ![...paths].some(rowOf);
  const quick = await fetchRows(onlyNew ? QUICK : "");
  if (!quick) return;
  if (!merge(quick.rows)) {
    const whole = onlyNew ? await fetchRows() : quick;
    if (whole && !merge(whole.rows)) startAnew(whole);
  }
  if (list().children.length > MOST_ROWS && !mustWait()) startAnew(await fetchRows());
  leaveFirstSteps();
  showPill();
  refreshOpen(paths, all);
  clearTimeout(filtersTimer);
  filtersTimer = setTimeout(refreshFilters, 1500);
}

/** Works off what was told; what is told meanwhile is worked off next. */
async function workOff() {
  if (running) return;
  running = true;
  try {
    while (told.size || everything) {
      const [paths, all] = [told, everything];
      told = new Set();
      everything = false;
      await update(paths, all);
    }
  } finally {
    running = false;
  }
}

function onChange(event) {
  position = event.lastEventId;
  const { platform, id, kind } = JSON.parse(event.data);
  const path = `/items/${escape(platform)}/${escape(id)}`;
  if (kind === "removed") rowOf(path)?.remove();
  if (kind === "seen" && !rowOf(path) && openItem()?.dataset.path !== path) return;
  told.add(path);
  workOff();
}

/** More was missed than can be told. */
function catchUp() {
  everything = true;
  workOff();
}

/** Follows the agent's events for as long as the page is open. */
export function listenToEvents() {
  pill.addEventListener("click", reveal);
  const events = new EventSource(`/v1/events?after=${position}`);
  events.addEventListener("open", () => (scroller.dataset.live = "true"));
  events.addEventListener("reset", catchUp);
  events.addEventListener("message", onChange);
  events.addEventListener("error", () => {
    scroller.dataset.live = "false";
    if (events.readyState !== EventSource.CLOSED) return;
    pill.removeEventListener("click", reveal);
    setTimeout(listenToEvents, RETRY);
  });
}
