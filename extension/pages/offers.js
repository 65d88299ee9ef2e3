// What this page could give beyond what is heard, each with the one button that allows or stops it.
import { api } from "../background/browser.js";
import { isolated, word } from "./words.js";

/** Draw the offers; `choose(wishes)` switches something of this page, `listen()` looks into its frames anew. */
export function showOffers(list, { responses, label, frames }, { choose, listen }) {
  const rows = [
    responses === "off" && offer("responses", word("responses_offer"), word("responses_hint", isolated(label)), {
      allow: () => choose({ responses: true }),
    }),
    responses === "on" && offer("responses", word("responses_on"), "", { stop: () => choose({ responses: false }) }),
    ...frames.map(({ host, origin }) =>
      offer("frame", word("frame_offer", isolated(host)), word("frame_hint"), {
        // At once: the click counts.
        allow: () => api.permissions.request({ origins: [origin] }).then((granted) => granted && listen()),
      }),
    ),
  ].filter(Boolean);
  list.replaceChildren(...rows);
  list.hidden = !rows.length;
}

function offer(name, title, hint, actions) {
  const row = make("li", "");
  row.dataset.offer = name;
  const words = make("p", "");
  words.append(make("strong", title), ...(hint ? [" ", make("span", hint, { className: "hint" })] : []));
  const [[action, onclick]] = Object.entries(actions);
  row.append(words, make("button", word(action), { onclick, className: action === "stop" ? "plain" : "" }));
  return row;
}

const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
