// All words come from _locales; a page names them by data-i18n.
import { api } from "../background/browser.js";

export const word = (key, ...values) => api.i18n.getMessage(key, values.map(String));

/** A number as the language of our words writes it. */
export const number = (value) => new Intl.NumberFormat(word("language")).format(value);

/** A time of day as the language of our words writes it. */
export const clock = (ms) => new Intl.DateTimeFormat(word("language"), { timeStyle: "short" }).format(ms);

/** A day as the language of our words writes it. */
export const day = (iso) => new Intl.DateTimeFormat(word("language"), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(iso));

/** Names or words, one after the other. */
export const listed = (names) => new Intl.ListFormat(word("language"), { type: "unit" }).format(names.map(isolated));

/** A name keeps its own direction among words of another. */
export const isolated = (name) => `\u2068${name}\u2069`;

/** Put the words in place, with the language and direction they have. */
export function showWords() {
  document.documentElement.lang = word("language");
  document.documentElement.dir = word("direction");
  for (const element of document.querySelectorAll("[data-i18n]")) {
    element.textContent = word(element.dataset.i18n);
  }
}
