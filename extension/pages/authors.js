// For plugin authors: record the page as a case, or pick a comment to begin a plugin with.
import { api } from "../background/browser.js";
import { isolated, number, word } from "./words.js";

const $ = (id) => document.getElementById(id);

/** Make the two buttons work for the page in `tab`. */
export function offerAuthors(tab) {
  $("record").onclick = () => record(tab);
  $("pick").onclick = () => pick(tab);
}

/** Record the page and say where it lies and what was replaced, or why it was not. */
export async function record(tab) {
  $("authors").open = true;
  $("record").disabled = true;
  const made = await api.runtime.sendMessage({ type: "record", tab });
  $("record").disabled = false;
  $("recorded").replaceChildren(...(made?.error ? [line(word("record_failed", isolated(made.error)))] : told(made)));
}

function told({ folder, items, replaced, different = [] }) {
  const counted = Object.entries(replaced ?? {}).map(([name, count]) => `${name}: ${number(count)}`);
  return [
    line(word("recorded")),
    Object.assign(document.createElement("code"), { textContent: folder, dir: "ltr" }),
    line(word("recorded_items", number(items))),
    ...(counted.length ? [line(word("recorded_replaced", isolated(counted.join(" · "))))] : []),
    ...(different.length ? [line(word("recorded_different", isolated(different.join(" "))))] : []),
  ];
}

const line = (text) => Object.assign(document.createElement("p"), { textContent: text });

/** The popup goes, so that the page can be clicked. */
async function pick(tab) {
  const begun = await api.runtime.sendMessage({ type: "pick", tab });
  if (begun?.error) return $("recorded").replaceChildren(line(word("capture_failed")));
  close();
}
