// One line about what was just done, with at most one thing to press.
const place = document.getElementById("flash");
let timer = 0;

/** Shows `text` for a while; `press` is `{label, action}`. */
export function flash(text, press) {
  clearTimeout(timer);
  const line = document.createElement("p");
  line.textContent = text;
  place.replaceChildren(line);
  if (press) {
    const button = document.createElement("button");
    button.textContent = press.label;
    button.addEventListener("click", () => {
      place.replaceChildren();
      press.action();
    });
    place.append(button);
  }
  timer = setTimeout(() => place.replaceChildren(), press ? 12000 : 6000);
}

/** Presses what the line offers; false where it offers nothing. */
export function pressFlash() {
  const button = place.querySelector("button");
  button?.click();
  return Boolean(button);
}
