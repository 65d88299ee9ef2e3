// Takes the responses that content/responses_page.js hands over from the page's own world. The page
// can send the same, so each is checked anew and is worth no more than the page's own markup.
(() => {
  "use strict";

  const api = globalThis.browser ?? globalThis.chrome;
  const PASS = "earmark:response";
  const WANT = "earmark:want";
  const MOST_BYTES = 2 * 1024 * 1024;
  const LONGEST_ADDRESS = 16_384;
  const MOST_A_SECOND = 20;
  const MOST_HELD = 50;
  const GUARDS = /^\s*(?:\)\]\}'?,?|for\s*\(;;\);?|while\s*\(1\);?)\s*/; // against being run as a script

  if (globalThis.earmark?.responses?.isConnected()) return;

  let wanted = [];
  let hand = null;
  let held = []; // until the script that listens to the page is there
  let taken = []; // when the last ones were

  function take({ detail }) {
    if (!wanted.length || isTooOften()) return;
    const response = read(detail);
    if (!response) return;
    if (hand) hand(response);
    else if (held.length < MOST_HELD) held.push(response);
  }

  function isTooOften() {
    const now = performance.now();
    taken = taken.filter((at) => at > now - 1000);
    return taken.length >= MOST_A_SECOND || !taken.push(now);
  }

  /** `{url, text}`, where it is a response that is wanted and its text is JSON; else null. */
  function read(detail) {
    if (typeof detail !== "string" || detail.length > MOST_BYTES + LONGEST_ADDRESS) return null;
    const end = detail.indexOf("\n");
    const url = detail.slice(0, Math.max(0, end));
    if (!url || url.length > LONGEST_ADDRESS || !wanted.some((each) => each.test(url))) return null;
    const text = detail.slice(end + 1).replace(GUARDS, "");
    return new TextEncoder().encode(text).length <= MOST_BYTES && isStructure(text) ? { url, text } : null;
  }

  function isStructure(text) {
    try {
      const value = JSON.parse(text);
      return typeof value === "object" && value !== null;
    } catch {
      return false;
    }
  }

  function want(sources) {
    wanted = sources.map((source) => new RegExp(source, "s"));
    dispatchEvent(new CustomEvent(WANT, { detail: JSON.stringify(sources) }));
  }

  const responses = {
    isConnected: () => Boolean(api.runtime?.id),

    /** Hand over what these regular expressions fit, from the first one on; nothing more for none. */
    listen(sources, handOver) {
      want(sources);
      hand = handOver;
      const fitting = held.filter(({ url }) => wanted.some((each) => each.test(url)));
      held = [];
      fitting.forEach(hand);
    },
  };

  globalThis.earmark = Object.assign(globalThis.earmark ?? {}, { responses });
  addEventListener(PASS, take);
  globalThis.earmark.listener?.hearResponses?.();
  // The page's first responses come before the script that listens to it.
  api.runtime.sendMessage({ type: "responses" }).then(
    (sources) => hand || want(Array.isArray(sources) ? sources : []),
    () => {}, // nobody there yet: the script that listens asks again
  );
})();
