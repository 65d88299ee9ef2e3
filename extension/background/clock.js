// The browser's own words for relative times, so that none have to be listed here:
// "3 hours ago", "3h", "3 saat önce", "۳ ساعت پیش". Made here because it takes some 30 ms a
// language, which no page should pay; content/clock.js compares with them.

const UNITS = ["second", "minute", "hour", "day", "week", "month", "year"];
const STYLES = ["long", "short", "narrow"];
const AMOUNTS = [0, 1, 2, 3, 5, 11, 20, 21, 100]; // at least one for each plural form

const made = new Map();

/** Relative times with their numbers taken out, for language tags as a page gives them. */
export function clockShapes(languages) {
  const shapes = supported([...languages, "en"]).flatMap((language) => {
    if (!made.has(language)) made.set(language, [...new Set([...spokenTimes(language)].map(shapeOf))]);
    return made.get(language);
  });
  return [...new Set(shapes)];
}

/** The tags among `languages` that the browser can speak; a page may write anything. */
function supported(languages) {
  const known = languages.flatMap((language) => {
    try {
      return Intl.RelativeTimeFormat.supportedLocalesOf(language);
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
  return [...new Set(known)].slice(0, 4);
}

function* spokenTimes(language) {
  for (const style of STYLES) {
    const relative = ["always", "auto"].map((numeric) => new Intl.RelativeTimeFormat(language, { style, numeric }));
    for (const unit of UNITS) {
      const span = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: style });
      for (const amount of AMOUNTS) {
        yield span.format(amount);
        for (const format of relative) yield format.format(-amount, unit);
      }
    }
  }
}

const shapeOf = (text) =>
  text.replace(/\p{Nd}+/gu, "#").replace(/[\s\u200e\u200f.]+/gu, " ").trim().toLowerCase();
