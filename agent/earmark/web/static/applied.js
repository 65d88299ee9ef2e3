// While terms or rules are applied to what is there, the page shows how far that is.
import { fetchPiece } from "./fetching.js";

const EVERY = 1000; // ms

async function follow() {
  const shown = document.getElementById("applied");
  if (!shown?.querySelector("[role=status]")) return; // it is over
  const page = shown.querySelector("a").pathname; // a refused form stands at another address
  const piece = await fetchPiece(`${page}?part=applied`).catch(() => null);
  const fresh = piece?.querySelector("#applied");
  if (fresh) shown.replaceWith(document.importNode(fresh, true));
  setTimeout(follow, EVERY);
}

follow();
