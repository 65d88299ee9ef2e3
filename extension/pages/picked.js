// What came of picking a comment: selectors to choose from, the guess at its parts, a plugin to begin with.
import { picked } from "../background/authors.js";
import { skeletonFor } from "./skeleton.js";
import { number, showWords, word } from "./words.js";

const $ = (id) => document.getElementById(id);
const tab = Number(new URLSearchParams(location.search).get("tab"));
const found = await picked(tab).read();

/** The plugin as it is with this selector. */
function showSkeleton(candidate) {
  const others = found.candidates.filter((one) => one !== candidate);
  const today = new Date().toISOString().slice(0, 10);
  $("skeleton").textContent = skeletonFor({ ...found, candidates: [candidate, ...others].filter(Boolean) }, today);
}

function candidateRow(candidate, at) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "selector", checked: at === 0 });
  input.onchange = () => showSkeleton(candidate);
  const count = make("span", word("picked_count", number(candidate.count)), { className: "hint" });
  label.append(input, make("code", candidate.selector, { dir: "ltr" }), count);
  const row = document.createElement("li");
  row.append(label);
  return row;
}

function partRow([name, part]) {
  const row = document.createElement("li");
  row.append(make("strong", word(name)));
  if (!part) row.append(make("span", word("picked_none"), { className: "hint" }));
  else row.append(make("code", part.selector ?? part.attribute, { dir: "ltr" }), make("p", part.sample, { dir: "auto" }));
  return row;
}

async function copy() {
  await navigator.clipboard.writeText($("skeleton").textContent);
  $("copy").textContent = word("copied");
}

const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

showWords();
document.title = word("picked_title");
if (found?.candidates) {
  const { author, time, text, id } = found;
  $("candidates").replaceChildren(...found.candidates.map(candidateRow));
  $("parts").replaceChildren(
    ...[["field_author", author], ["field_published", time], ["field_text", text], ["field_id", id]].map(partRow),
  );
  showSkeleton(found.candidates[0]);
}
$("copy").onclick = copy;
document.body.hidden = false;
document.body.dataset.ready = "yes";
