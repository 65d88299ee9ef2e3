// What is said of how well this page is heard: numbers, what is the matter, and a question.
import { number, day, isolated, listed, word } from "./words.js";

const FIELDS = {
  text: "field_text",
  author: "field_author",
  published: "field_published",
  comments: "field_comments",
  url: "field_url",
  parent_id: "field_parent",
  root_id: "field_parent",
  rating: "field_rating",
};

/** The rows of numbers: `[key, text, whether it is worth a row]`. */
export function countRows({ site, counts, unsent, health }) {
  if (["private", "messages_forbidden"].includes(site)) return []; // nothing of this page is counted
  const heard = health ? health.captured : counts.heard;
  return [
    ["count_heard", heardOf(heard, health?.expected), site === "open" || heard],
    ["count_new", number(counts.fresh), counts.heard],
    ["count_updated", number(health?.updated ?? 0), health?.updated],
    ["count_not_kept", number(counts.not_kept), site === "about_us" || counts.not_kept],
    ["count_unknown", number(counts.unknown), counts.unknown],
    ["count_refused", number(counts.refused), counts.refused],
    ["count_waiting", number(unsent), unsent],
  ].filter(([, , useful]) => useful);
}

const heardOf = (heard, expected) =>
  expected === undefined ? number(heard) : word("count_of", number(heard), number(Math.max(heard, expected)));

/** `{title, hint}` where a known platform gives nothing, less than it did, or what nobody else reads there; else null. */
export function healthTrouble(health) {
  if (health?.verdict === "disagree") return disagreement(health);
  if (health?.verdict !== "changed") return null;
  const lost = namesOf(health.lost);
  const label = isolated(health.label);
  const hints = [
    lost.length ? word("health_lost_hint", listed(lost)) : word("health_nothing_hint"),
    health.last_good ? word("health_last_good", day(health.last_good)) : "",
    word(health.still_works ? "health_still_roughly" : "health_still"),
  ];
  return { title: word(lost.length ? "health_lost" : "health_nothing", label), hint: sentences(hints) };
}

/** The plugin and a reading of the page as any other site have found different things. */
function disagreement({ label, differs, agrees, last_good: last }) {
  const both = namesOf(agrees);
  const hints = [
    word("health_differs_hint", listed(namesOf(differs))),
    last ? word("health_last_agreed", day(last)) : "",
    both.length ? word("health_agrees", listed(both)) : "",
    word("health_kept"),
  ];
  return { title: word("health_differs", isolated(label)), hint: sentences(hints) };
}

const sentences = (hints) => hints.filter(Boolean).join(" ");

const namesOf = (fields = []) => [...new Set(fields.map((name) => FIELDS[name]))].filter(Boolean).map((key) => word(key));

/** Fill the box that asks whether what was found looks right; `answer(right)` hears. */
export function fillQuestion(box, health, answer) {
  box.hidden = !health?.ask;
  if (box.hidden) return;
  const buttons = make("p", "", { className: "row" });
  buttons.append(
    make("button", word("answer_yes"), { id: "looks-right", onclick: () => answer(true) }),
    make("button", word("answer_no"), { id: "looks-wrong", onclick: () => answer(false) }),
  );
  box.replaceChildren(
    make("h2", health.captured === 1 ? word("ask_title_one") : word("ask_title", number(health.captured))),
    make("p", word("ask_hint", isolated(health.label)), { className: "hint" }),
    samplesOf(health.samples),
    buttons,
  );
}

function samplesOf(samples) {
  const list = make("ul", "", { className: "samples" });
  list.append(...samples.slice(0, 3).map(sampleRow));
  return list;
}

function sampleRow({ author = "", text = "", when = "" }) {
  const [row, head] = [document.createElement("li"), make("div", "", { className: "said-by" })];
  head.append(make("bdi", author || word("no_author"), { className: "author" }));
  if (when) head.append(make("bdi", when, { className: "when" }));
  row.append(head, make("p", text, { dir: "auto" }));
  return row;
}

const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
