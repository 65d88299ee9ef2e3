// A person points at one comment: what lies under the pointer is outlined, one click picks it, Esc ends it.
//
// A frame over the whole window takes the clicks: they happen in a document of its own, so that
// nothing of them reaches the page, whatever it listens to. Afterwards the frame is gone.
(() => {
  "use strict";

  const api = globalThis.browser ?? globalThis.chrome;
  const COVER = "position:fixed;inset:0;width:100%;height:100%;border:0;margin:0;padding:0;";
  const ON_TOP = "z-index:2147483647;";
  const SWALLOWED = ["pointerdown", "pointerup", "mousedown", "mouseup", "auxclick", "dblclick", "contextmenu"];

  class Picker {
    /** `picked(element)` once; nothing when it is ended. */
    constructor(picked) {
      this.picked = picked;
      this.host = make("div", `all:initial;${COVER}${ON_TOP}`);
      this.box = make("div", "position:fixed;box-sizing:border-box;border:2px solid #d9480f;background:#d9480f22;");
      this.frame = make("iframe", `${COVER}background:transparent;color-scheme:light;cursor:crosshair;`);
      this.host.attachShadow({ mode: "closed" }).append(this.box, this.frame);
      this.onKey = (event) => this.key(event);
      this.onScroll = () => this.show();
    }

    start() {
      this.frame.addEventListener("load", () => this.listen()); // Firefox: another document than at first
      document.documentElement.append(this.host);
      this.listen();
      addEventListener("keydown", this.onKey, true);
      addEventListener("scroll", this.onScroll, true);
    }

    end() {
      removeEventListener("keydown", this.onKey, true);
      removeEventListener("scroll", this.onScroll, true);
      this.host.remove();
      globalThis.earmark.picker = null;
    }

    listen() {
      const inside = this.frame.contentDocument;
      if (!inside || inside === this.inside) return;
      this.inside = inside;
      inside.addEventListener("pointermove", (event) => this.point(event));
      inside.addEventListener("click", (event) => this.click(event));
      inside.addEventListener("keydown", this.onKey);
      for (const name of SWALLOWED) inside.addEventListener(name, (event) => event.preventDefault());
    }

    point({ clientX, clientY, isTrusted }) {
      if (!isTrusted) return;
      this.at = [clientX, clientY];
      this.show();
    }

    /** Outline what lies under the pointer, also after the page moved beneath it. */
    show() {
      const element = this.under();
      if (!element) return;
      const { left, top, width, height } = element.getBoundingClientRect();
      Object.assign(this.box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    }

    under() {
      if (!this.at) return null;
      let found = document.elementsFromPoint(...this.at).find((element) => element !== this.host);
      for (let inner = found; inner; inner = inner.shadowRoot?.elementFromPoint(...this.at)) {
        if (inner === found && inner !== document.documentElement && !inner.shadowRoot) break;
        if (inner !== found && inner.getRootNode() === found.getRootNode()) break;
        found = inner;
      }
      return found ?? null;
    }

    click({ clientX, clientY, isTrusted }) {
      if (!isTrusted) return;
      this.at = [clientX, clientY];
      const element = this.under();
      this.end();
      if (element) this.picked(element);
    }

    key(event) {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.end();
    }
  }

  function make(name, style) {
    const element = document.createElement(name);
    element.style.cssText = style; // not by an attribute: the page's policy may forbid those
    return element;
  }

  /** Let the person pick; what comes of it goes to the background. */
  function pick(clocks) {
    globalThis.earmark.picker?.end();
    globalThis.earmark.picker = new Picker((element) => {
      api.runtime.sendMessage({ type: "picked", picked: globalThis.earmark.propose(element, clocks) });
    });
    globalThis.earmark.picker.start();
  }

  globalThis.earmark = Object.assign(globalThis.earmark ?? {}, { pick });
})();
