// Counts down a pairing code, and shows the browser once it has paired.
const countdown = document.getElementById("countdown");
const LOOK_EVERY = 2000; // ms

const language = document.documentElement.lang;
const minutes = new Intl.NumberFormat(language);
const seconds = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
const clock = (left) => `${minutes.format(Math.floor(left / 60))}:${seconds.format(left % 60)}`;

function countDown() {
  const ends = Date.now() + countdown.dataset.seconds * 1000;
  const timer = setInterval(() => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    const over = left <= 0;
    countdown.textContent = over ? countdown.dataset.over : countdown.dataset.label.replace("{time}", clock(left));
    if (over) clearInterval(timer);
  }, 250);
  return ends;
}

const paired = (page) => page.querySelector("[data-paired]").dataset.paired;

/** Looks whether a browser has paired; then the code is used up and the page is shown anew. */
async function look(ends) {
  if (Date.now() > ends) return;
  const address = countdown.dataset.look;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok && paired(page) !== paired(document)) return location.assign(address);
  setTimeout(look, LOOK_EVERY, ends);
}

if (countdown) {
  const ends = countDown();
  setTimeout(look, LOOK_EVERY, ends);
}
