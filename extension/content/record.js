// The page as it is now, as a document: open shadow roots as templates, of scripts only those that
// are data, no styles. The agent replaces everything personal in it before it writes anything.
(() => {
  "use strict";

  const { Cutter, holdsData, isCode } = globalThis.earmark;
  const MOST_CHARACTERS = 7 * 1024 * 1024;

  class Recorder extends Cutter {
    constructor() {
      super(() => "", () => false);
      this.out = [];
      this.text = [];
      this.size = 0;
      this.whole = true;
    }

    push(markup) {
      this.size += markup.length;
      this.whole &&= this.size <= MOST_CHARACTERS;
      if (this.whole) this.out.push(markup);
    }

    child(node, depth) {
      if (!isCode(node) || holdsData(node)) this.element(node, depth + 1);
    }

    document() {
      this.element(document.documentElement, 0);
      return this.whole ? `<!doctype html>${this.out.join("")}` : null;
    }
  }

  /** The document's markup; null where it is too long. */
  const recordPage = () => new Recorder().document();

  globalThis.earmark = Object.assign(globalThis.earmark, { recordPage });
})();
