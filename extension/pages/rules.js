// What the organisation set, in words.
import { listed, number, word } from "./words.js";

/** Fill the list, or hide its box where nothing is set. */
export function showRules(box, list, policy) {
  const lines = linesOf(policy);
  box.hidden = !lines.length;
  list.replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

function linesOf({ allowed_sites: sites, messages, retention_days: days, webhooks, plugins }) {
  return [
    sites && (sites.length ? word("rule_allowed_sites", listed(sites)) : word("rule_no_sites")),
    messages === false && word("rule_no_messages"),
    days && word("rule_retention", number(days)),
    webhooks === false && word("rule_no_webhooks"),
    plugins && (plugins.length ? word("rule_plugins", listed(plugins)) : word("rule_no_plugins")),
  ].filter(Boolean);
}
