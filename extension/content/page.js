// What only the page's own document knows; its address and title the background asks the browser.
(() => {
  "use strict";

  const pageFacts = () => ({
    lang: document.documentElement?.lang || "",
    ui_languages: [...navigator.languages],
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "",
    utc_offset: -new Date().getTimezoneOffset(),
    translated: isTranslated(),
  });

  /** Whether the browser has put another language over the page's own: Chromium and Edge leave marks. */
  const isTranslated = () =>
    /(^|\s)translated-(ltr|rtl)(\s|$)/.test(document.documentElement?.className ?? "") ||
    (document.head?.querySelector("title")?.hasAttribute("_msttexthash") ?? false);

  /** The names of the platforms whose marker the page carries. */
  const markersIn = (markers) =>
    markers.filter(({ selectors }) => selectors.some((css) => document.querySelector(css))).map(({ name }) => name);

  /** The entry to cut by: the one chosen by address, else the first whose marker is here, else the last. */
  const entryFor = ({ entry, candidates, markers }) => {
    const carried = markersIn(markers);
    return entry ?? candidates.find(({ name, last }) => last || carried.includes(name)) ?? null;
  };

  /** The selectors of a plan that this browser cannot read. */
  const unreadableIn = ({ entry, candidates, markers }) => {
    const entries = [entry, ...candidates].filter(Boolean);
    const cut = ({ items = [], context = [], empty = [], fallback = [], outline }) =>
      [...items, ...context, ...empty, ...fallback, ...(outline ? [outline.split("@")[0]] : [])];
    const all = [...entries.flatMap(cut), ...markers.flatMap(({ selectors }) => selectors)];
    return all.length && !isReadable(all.join()) ? all.filter((css) => !isReadable(css)) : [];
  };

  const nowhere = document.createDocumentFragment();

  const isReadable = (css) => {
    try {
      nowhere.querySelector(css);
      return true;
    } catch {
      return false;
    }
  };

  globalThis.earmark = Object.assign(globalThis.earmark ?? {}, { pageFacts, markersIn, entryFor, unreadableIn });
})();
