// The words scripts show. The page carries them, in the reader's language.
const words = document.getElementById("words").dataset;

/** The words kept under `name`, with `{…}` filled in from `values`. */
export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** The name of a state. */
export const stateName = (state) => words[`state${state[0].toUpperCase()}${state.slice(1)}`];

const numbers = new Intl.NumberFormat(document.documentElement.lang);

/** A number as the reader's language writes it. */
export const number = (value) => numbers.format(value);
