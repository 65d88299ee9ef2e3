// While a name or a rule is edited, what it would catch and lose is shown beside it.
import { sendForm } from "./fetching.js";

const QUIET_FOR = 600; // ms without a change
const form = document.querySelector("[data-tried]");
let waiting = 0;
let asked = 0;

async function look() {
  const mine = ++asked;
  if (!form.elements[form.dataset.tried].value.trim()) return;
  const piece = await sendForm(form, { do: "try" }).catch(() => null);
  if (!piece || mine !== asked) return; // refused, or changed again meanwhile
  for (const shown of document.querySelectorAll("[data-live]")) show(shown, piece);
}

function show(shown, piece) {
  const fresh = piece.querySelector(`#${shown.id}`);
  if (!fresh) return;
  shown.hidden = fresh.hidden;
  shown.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, QUIET_FOR);
});
