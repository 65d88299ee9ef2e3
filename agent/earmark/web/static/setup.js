// What the setup pages show of the facts stays true while they are open: everything marked
// `data-live` is looked at again and replaced where it changed. Forms are left alone.
import { fetchPiece } from "./fetching.js";

const LOOK_EVERY = 2000; // ms
const page = document.querySelector("[data-page]").dataset.page;
// After a form was answered the address is the form's; the page's own is looked at.
const address = location.pathname === page ? location.pathname + location.search : page;
const shown = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, part.outerHTML]));

function replace(fresh) {
  const part = document.getElementById(fresh.id);
  if (shown.get(fresh.id) === fresh.outerHTML || part.contains(document.activeElement)) return;
  shown.set(fresh.id, fresh.outerHTML);
  // Its children only: the element itself is what a screen reader listens to.
  part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
}

async function look() {
  if (!document.hidden) {
    const asked = new URL(address, location.href);
    asked.searchParams.set("live", "1");
    const piece = await fetchPiece(asked.pathname + asked.search).catch(() => null);
    for (const part of piece?.querySelectorAll("[data-live]") ?? []) replace(part);
  }
  setTimeout(look, LOOK_EVERY);
}

/** A set's box says how its sites stand, and ticks or unticks them all. */
function tieTogether(set) {
  const whole = set.querySelector("[name=set]");
  const sites = [...set.querySelectorAll("[name=site]")];
  whole.removeAttribute("name"); // the sites' own ticks say all there is
  set.querySelector("[name=had]")?.remove();
  const count = () => {
    const ticked = sites.filter((site) => site.checked).length;
    whole.checked = ticked === sites.length;
    whole.indeterminate = ticked > 0 && ticked < sites.length;
  };
  whole.addEventListener("change", () => {
    for (const site of sites) site.checked = whole.checked;
  });
  for (const site of sites) site.addEventListener("change", count);
  count();
}

async function copy(button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling); // to be copied by hand
    return;
  }
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = label), 2000);
}

for (const set of document.querySelectorAll(".site-set:has(.whole-set)")) tieTogether(set);
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
setTimeout(look, LOOK_EVERY);
