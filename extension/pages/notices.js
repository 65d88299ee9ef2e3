// One notice: what is the matter, in words, and the button that fixes it.
import { api } from "../background/browser.js";
import { patternsOf } from "../background/choices.js";
import { AGENT_ORIGIN } from "../background/sites.js";
import { isolated, listed, number, word } from "./words.js";

const send = (type, more = {}) => api.runtime.sendMessage({ type, ...more });
const inbox = (path) => () => send("open-inbox", { path });

/** What the button of each notice does; permissions are asked for at once, so that the click counts. */
const FIXES = {
  blocked: () => api.permissions.request({ origins: [AGENT_ORIGIN] }),
  unpaired: () => api.runtime.openOptionsPage(),
  token: () => api.runtime.openOptionsPage(),
  stranger: () => send("retry"),
  absent: () => send("retry"),
  newer: () => api.runtime.reload(),
  plan_refused: inbox("/problems"),
  chosen: ({ waiting }) => api.permissions.request({ origins: patternsOf(waiting) }),
  plugin_sites: ({ pluginSites }) => api.permissions.request({ origins: pluginSites.flatMap(({ patterns }) => patterns) }),
  dropped: () => send("forget-dropped"),
  outdated: inbox("/setup/extension"),
  temporary: inbox("/setup/extension"),
};

/** Put a notice into its box: a heading, a hint, a command to copy where one helps, one button. */
export function fillNotice(box, name, facts, { fixes = {}, after }) {
  const values = valuesOf(facts);
  const fix = fixes[name] ?? FIXES[name];
  const button = make("button", word(`${name}_action`, ...values), { className: "primary" });
  button.dataset.fix = name;
  button.onclick = () => Promise.resolve(fix(facts)).then(after);
  box.dataset.notice = name;
  box.replaceChildren(
    make("h2", word(`${name}_title`, ...values)),
    make("p", word(`${name}_hint`, ...values)),
    ...(name === "absent" ? [commandRow(facts.start)] : []),
    wrapped(button),
  );
}

/** The notices that matter less: their headings, each of which opens; what was open stays so. */
export function fillRest(list, names, facts, more) {
  const open = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.notice));
  list.replaceChildren(...names.map((name) => quiet(name, facts, more, open.has(name))));
  list.hidden = !names.length;
}

function quiet(name, facts, more, open) {
  const box = document.createElement("div");
  fillNotice(box, name, facts, more);
  const details = make("details", "", { open });
  details.dataset.notice = name;
  const [title, ...rest] = box.children;
  details.append(make("summary", title.textContent), ...rest);
  return details;
}

const valuesOf = ({ port, chosen, dropped, refusal, version, onDisk, pluginSites }) => [
  port,
  number(chosen),
  number(dropped),
  isolated(refusal),
  version,
  onDisk,
  listed(pluginSites.map(({ label }) => label)),
];

function commandRow(command) {
  const row = make("p", "", { className: "command" });
  const copy = make("button", word("copy"));
  copy.onclick = () => navigator.clipboard.writeText(command).then(() => (copy.textContent = word("copied")));
  row.append(make("code", command, { dir: "ltr" }), copy);
  return row;
}

function wrapped(button) {
  const paragraph = document.createElement("p");
  paragraph.append(button);
  return paragraph;
}

const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
