// One reading of the page, because the person asked for it; nothing goes on listening.
(() => {
  "use strict";

  const api = globalThis.browser ?? globalThis.chrome;
  const { Watcher, clockReader, entryFor, markersIn, pageFacts, unreadableIn } = globalThis.earmark;

  /** Send everything that is here now; resolves to `{found}` fragments, or to `{unreadable}` selectors. */
  async function readOnce(visit, plan) {
    const unreadable = unreadableIn(plan);
    if (unreadable.length) return { unreadable };
    const entry = entryFor(plan);
    if (!entry) return { found: 0 };
    const page = { ...pageFacts(), markers: markersIn(plan.markers) };
    const sent = [];
    const emit = (fragments) =>
      sent.push(api.runtime.sendMessage({ type: "fragments", visit, page, fragments }).then(() => fragments.length));
    const watcher = new Watcher({ entry, isClock: clockReader(plan.clocks), emit, once: true });
    watcher.start();
    await watcher.drained;
    return { found: (await Promise.all(sent)).reduce((sum, count) => sum + count, 0) };
  }

  globalThis.earmark.readOnce = readOnce;
})();
