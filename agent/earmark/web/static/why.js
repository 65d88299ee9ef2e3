// “Why? Why not?” opens over the inbox; a question asked in it is answered there.
import { fetchPiece } from "./fetching.js";

const dialog = document.getElementById("why");
const place = document.getElementById("why-answer");
let asked = 0;

/** Shows what the page at `address` says; that page itself where it cannot be had. */
async function answer(address) {
  const turn = ++asked;
  const wanted = new URL(address, location.href);
  wanted.searchParams.set("part", "why");
  const piece = await fetchPiece(wanted.pathname + wanted.search).catch(() => null);
  if (turn !== asked) return;
  if (!piece) return location.assign(address);
  place.replaceChildren(...piece.childNodes);
  if (!dialog.open) dialog.showModal();
  place.querySelector("#ask").focus();
}

function onClick(event) {
  const link = event.target.closest?.("[data-why]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain) return;
  event.preventDefault();
  answer(link.href);
}

/** A question is answered here; whatever changes the item closes the answer, which is of before. */
function onSubmit(event) {
  if (event.target.dataset.act) dialog.close();
  if (!event.target.matches("[data-question]")) return;
  event.preventDefault();
  answer(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
}

/** Takes over the questions about items. */
export function listenToQuestions() {
  document.addEventListener("click", onClick);
  dialog.addEventListener("submit", onSubmit);
}
