// Tells, once the page has come to rest and when it has grown, how much of it could be heard: how
// many elements were found, and whether the page itself shows that it has no comments.
(() => {
  "use strict";

  const SETTLED_MS = 5000;
  const APART_MS = 30_000;

  class PageReporter {
    /** `tell({elements, empty})`; `before` elements belong to another address of the same document. */
    constructor({ watcher, before, entry, tell }) {
      this.watcher = watcher;
      this.before = before;
      this.empty = entry.empty ?? [];
      this.tell = tell;
      this.told = null;
      this.later = () => this.after(SETTLED_MS);
      if (document.readyState === "complete") this.later();
      else addEventListener("load", this.later, { once: true });
    }

    /** Something was heard. */
    note() {
      if (this.told && this.found() > this.told.elements) {
        this.after(Math.max(SETTLED_MS, this.told.at + APART_MS - performance.now()));
      }
    }

    after(wait) {
      this.timer ??= setTimeout(() => this.report(), wait);
    }

    report() {
      this.timer = undefined;
      const elements = this.found();
      if (!elements && this.before && this.watcher.hasContent()) return; // still those of before
      this.told = { elements, at: performance.now() };
      this.tell({ elements, empty: this.empty.some((css) => document.querySelector(css)) });
    }

    found() {
      return this.watcher.elements - this.before;
    }

    stop() {
      clearTimeout(this.timer);
      removeEventListener("load", this.later);
    }
  }

  globalThis.earmark = Object.assign(globalThis.earmark ?? {}, { PageReporter });
})();
