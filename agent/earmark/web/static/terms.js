// While a term is edited, what it would catch and lose is shown beside it.
import { sendForm } from "./fetching.js";

const QUIET_FOR = 600; // ms without a change
const form = document.querySelector("[data-term]");
const shown = document.getElementById("preview");
let waiting = 0;
let asked = 0;

async function look() {
  const mine = ++asked;
  if (!form.elements.name.value.trim()) return;
  const piece = await sendForm(form, { do: "try" }).catch(() => null);
  const fresh = piece?.querySelector("#preview");
  if (!fresh || mine !== asked) return; // refused, or changed again meanwhile
  shown.hidden = fresh.hidden;
  shown.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, QUIET_FOR);
});
