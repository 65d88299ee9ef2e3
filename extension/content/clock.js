// Telling "3 hours ago" from text: a comment whose clock alone moved on has not changed.
(() => {
  "use strict";

  const LONGEST = 40;
  const REMEMBERED = 2000;
  const SEPARATORS = /[·•|,;()\u2013\u2014]/;
  const CLOCK_ELEMENTS = new Set(["TIME", "RELATIVE-TIME", "TIME-AGO", "FACEPLATE-TIMEAGO"]);

  /** A text with its numbers taken out; background/clock.js makes its shapes the same way. */
  const shapeOf = (text) =>
    text.replace(/\p{Nd}+/gu, "#").replace(/[\s\u200e\u200f.]+/gu, " ").trim().toLowerCase();

  /** A function `(text, its node) -> whether the text is a clock that moves by itself`. */
  function clockReader(shapes) {
    const clocks = new Set(shapes);
    const known = new Map();
    const reads = (text) =>
      text.split(SEPARATORS).every((part) => !part.trim() || clocks.has(shapeOf(part)));
    return (text, node) => {
      if (text.length > LONGEST) return false;
      if (CLOCK_ELEMENTS.has(node.parentNode?.tagName)) return true;
      let answer = known.get(text);
      if (answer === undefined) {
        if (known.size >= REMEMBERED) known.clear();
        known.set(text, (answer = reads(text)));
      }
      return answer;
    };
  }

  globalThis.earmark = Object.assign(globalThis.earmark ?? {}, { clockReader });
})();
