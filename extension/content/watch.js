// Watching one document: what appears, what changes, in slices of time the page does not feel.
//
// A mutation only notes what was touched. Idle time finds the new matches in added subtrees,
// then cuts out each new or touched one; nothing is ever scanned twice because of a mutation.
(() => {
  "use strict";

  const SLICE_MS = 8;
  const IDLE_TIMEOUT_MS = 100;
  const FRAME_MS = 34; // time for a word on what is in the viewport, which a hidden page never gets
  const BUSY_FRAME_MS = 500; // and on a machine so busy that a frame takes that long
  const RESEND_MS = 2000;
  const STALE_MS = 1000; // so long what stood there may still be what the address before it showed
  const CHARACTERS_A_MS = 32; // what is sent whole rests as long as its size takes at this rate
  const LONE = 1; // so many items may be the page's own article, whose comments nobody named
  const LATE_ROOTS_MS = [500, 2000, 6000]; // a shadow root attached later makes no mutation
  const CHUNK = 100;
  const CHUNK_CHARACTERS = 1024 * 1024;

  const { Matcher, Cutter, possibleHosts, ancestorsOf, above, inDocumentOrder, scopeOf } = globalThis.earmark;

  /** A UUID also where the page is not a secure context. */
  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  class Watcher {
    /**
     * `emit(fragments)` gets each chunk; `once` reads what is there now and stops; `except` is passed over;
     * `movedAt` is when the address changed without a new document, as `performance.now()` has it.
     */
    constructor({ entry, isClock, emit, once = false, root = document, except = new WeakSet(), movedAt = -Infinity }) {
      this.matcher = new Matcher(entry);
      this.cutter = new Cutter((element) => this.records.get(element)?.ref, isClock);
      this.emit = emit;
      this.once = once;
      this.except = except;
      this.movedAt = movedAt;
      this.stale = 0; // so many records are of what stood there when the address changed
      this.root = root;
      this.records = new WeakMap();
      this.count = 0;
      this.elements = 0;
      this.sent = 0;
      this.series = uuid().slice(0, 24);
      this.hosts = new Set();
      this.fresh = []; // records whose place among the others is not known yet
      this.added = new Set();
      this.changed = new Set();
      this.restyled = new Set();
      this.dirty = new Set();
      this.later = new Map(); // element -> when it may be sent again
      this.chunk = [];
      this.chunkSize = 0;
      this.stack = [];
      this.drained = new Promise((resolve) => (this.onDrained = resolve));
    }

    start() {
      this.mutations = new MutationObserver((list) => this.note(list));
      this.viewport = new IntersectionObserver((list) => this.noteSeen(list));
      this.seen = new WeakSet();
      this.added.add(this.root);
      this.listen(this.root);
      if (!this.once) this.lateRoots = LATE_ROOTS_MS.map((delay) => setTimeout(() => this.lookForRoots(), delay));
      this.wake();
    }

    stop() {
      this.stopped = true;
      this.mutations?.disconnect();
      this.viewport?.disconnect();
      this.lateRoots?.forEach(clearTimeout);
      clearTimeout(this.frame);
      clearTimeout(this.alarm);
    }

    /** Send what is noted already, before what comes belongs to another address. */
    hurry() {
      this.looked = true;
      this.beginSlice();
      const end = performance.now() + SLICE_MS;
      while (performance.now() < end && this.step());
      this.flush();
      this.movedAt = performance.now();
      this.stale = this.count;
      this.elements = 0; // those still here say nothing of what the new address shows
    }

    /** Whether something heard is still in the document. */
    hasContent() {
      return this.last?.isConnected ?? false;
    }

    listen(root) {
      if (this.once) return;
      const attributeFilter = this.matcher.attributes();
      const options = { subtree: true, childList: true, characterData: true };
      this.mutations.observe(root, attributeFilter.length ? { ...options, attributeFilter } : options);
    }

    note(mutations) {
      for (const { type, target, addedNodes } of mutations) {
        if (type === "attributes") this.restyled.add(target);
        else this.changed.add(target);
        for (const node of addedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE && !this.added.has(target)) this.added.add(node);
        }
      }
      this.wake();
    }

    noteSeen(entries) {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        this.seen.add(target);
        this.viewport.unobserve(target);
      }
      clearTimeout(this.frame);
      this.frame = undefined;
      this.looked = true;
      this.wake();
    }

    wake() {
      if (this.stopped || this.pending) return;
      this.pending = true;
      requestIdleCallback((idle) => this.run(idle), { timeout: IDLE_TIMEOUT_MS });
    }

    run(idle) {
      this.pending = false;
      if (this.stopped) return;
      this.beginSlice();
      const end = performance.now() + (idle.didTimeout ? SLICE_MS : Math.min(SLICE_MS, idle.timeRemaining()));
      let more = this.step();
      while (more && performance.now() < end) more = this.step();
      if (more) this.wake();
      else this.rest();
    }

    beginSlice() {
      this.ancestors = new Map(); // siblings have the same
      this.time = new Date().toISOString();
    }

    /** One small piece of work; false when none is left. */
    step() {
      const root = take(this.added);
      if (root) return this.scan(root), true;
      const restyled = take(this.restyled);
      if (restyled) return this.rematch(restyled), true;
      if (this.fresh.length) return this.place(), true;
      const target = take(this.changed);
      if (target) return this.trace(target), true;
      if (this.fallBack()) return true;
      if (this.waiting()) return false;
      const element = take(this.dirty);
      if (element) return this.check(element), true;
      return false;
    }

    /** Whether to give the browser one more frame to say what is in the viewport. */
    waiting() {
      if (this.looked || !this.dirty.size) return false;
      this.frame ??= setTimeout(() => {
        this.frame = undefined;
        this.looked = true;
        this.wake();
      }, document.hidden ? FRAME_MS : BUSY_FRAME_MS);
      return true;
    }

    rest() {
      if (this.waiting()) return;
      this.flush();
      this.dozeUntilDue();
      if (!this.dirty.size) this.onDrained();
      if (this.once) this.stop();
    }

    dozeUntilDue() {
      if (!this.later.size) return;
      const soonest = Math.min(...this.later.values());
      clearTimeout(this.alarm);
      this.alarm = setTimeout(() => this.rouse(), Math.max(0, soonest - performance.now()));
    }

    rouse() {
      const now = performance.now();
      for (const [element, due] of this.later) {
        if (due > now) continue;
        this.later.delete(element);
        this.dirty.add(element);
      }
      this.wake();
    }

    // -- finding ---------------------------------------------------------------------------

    scan(root) {
      if (!root.isConnected) return;
      for (const element of this.matcher.under(root)) this.admit(element);
      this.openRoots(root);
      if (root === this.root) this.stale = this.count;
    }

    rematch(element) {
      if (element.isConnected && !this.records.has(element)) this.admit(element);
    }

    admit(element) {
      if (this.records.has(element) || this.except.has(element)) return;
      const match = this.matcher.match(element);
      if (!match) return;
      const number = this.count++;
      const record = { ...match, element, number, ref: `r${number}`, order: 0, parentRef: "", outline: null };
      if (match.kind === "element") this.elements++;
      this.records.set(element, record);
      this.fresh.push(record);
      this.dirty.add(element);
      this.looked = false;
      this.viewport.observe(element);
    }

    /** Where hardly anything was named, hear the page as a whole; once, and never as a parent. */
    fallBack() {
      if (this.fellBack || this.elements > LONE) return false;
      this.fellBack = true;
      for (const [element, selector] of this.matcher.whole(this.root)) {
        const order = this.count++;
        const place = { number: order, ref: `r${order}`, order, parentRef: "", outline: null };
        this.records.set(element, { kind: "context", selector, element, ...place, whole: true });
        this.dirty.add(element);
      }
      return true;
    }

    openRoots(root) {
      for (const element of possibleHosts(root)) {
        if (element.shadowRoot && !this.hosts.has(element)) this.enter(element);
      }
    }

    enter(host) {
      this.hosts.add(host);
      this.listen(host.shadowRoot);
      this.scan(host.shadowRoot);
      this.changed.add(host);
    }

    lookForRoots() {
      if (this.stopped) return;
      this.openRoots(this.root);
      this.wake();
    }

    // -- order and parents -----------------------------------------------------------------

    /** Place the fresh records: after the last one known, or all anew when one came in between. */
    place() {
      const fresh = this.fresh;
      this.fresh = [];
      const appended = !this.hosts.size && fresh.every((record) => this.append(record));
      if (!appended) this.placeAll();
    }

    append(record) {
      const follows = Node.DOCUMENT_POSITION_FOLLOWING;
      if (this.last && !(this.last.compareDocumentPosition(record.element) & follows)) return false;
      this.settle(record, this.last ? this.records.get(this.last).order + 1 : 0);
      return true;
    }

    placeAll() {
      this.stack = [];
      const all = [];
      this.collect(this.root, all);
      all.forEach((element, order) => this.settle(this.records.get(element), order));
    }

    /** All matches in the order a reader meets them: a shadow root before its host's children. */
    collect(root, into) {
      for (const host of this.hosts) if (!host.isConnected) this.hosts.delete(host);
      const here = [...this.hosts].filter((host) => host !== root && scopeOf(host) === scopeOf(root));
      const matches = this.matcher.under(root).filter((element) => this.records.has(element));
      for (const element of inDocumentOrder(matches, here)) {
        if (this.records.has(element)) into.push(element);
        if (this.hosts.has(element)) this.collect(element.shadowRoot, into);
      }
    }

    settle(record, order) {
      record.order = order;
      record.outline = record.kind === "element" ? this.matcher.depth(record.element) : null;
      const enclosing = this.enclosing(record.element);
      if (enclosing) enclosing.holds = true;
      record.parentRef = this.outlineParent(record) ?? enclosing?.ref ?? "";
      this.last = record.element;
    }

    outlineParent({ outline, ref }) {
      if (outline === null) return undefined;
      while (this.stack.length && this.stack.at(-1).outline >= outline) this.stack.pop();
      const parent = this.stack.at(-1)?.ref;
      this.stack.push({ outline, ref });
      return parent;
    }

    enclosing(element) {
      for (let node = above(element); node; node = above(node)) {
        const record = this.records.get(node);
        if (record && !record.whole) return record;
      }
      return null;
    }

    // -- cutting and sending ---------------------------------------------------------------

    /** A touched node makes the fragment it lies in worth another look. */
    trace(target) {
      for (let node = target; node; node = node.parentNode ?? node.host) {
        if (this.records.has(node)) return void this.dirty.add(node);
      }
    }

    check(element) {
      const record = this.records.get(element);
      if (!element.isConnected || (record.whole && this.elements > LONE)) return;
      const now = performance.now();
      const due = this.dueAt(record);
      if (now < due) return void this.later.set(element, due);
      const { markup, text, complete } = this.cutter.cut(element, !record.holds && !record.whole && !this.hosts.size);
      if (record.whole) this.restLonger(record, now, markup.length);
      if (text === record.text) return;
      const ticked = record.sentAt && this.cutter.onlyClocksMoved(record.text, element);
      if (!ticked) this.send(record, markup, complete);
      record.text = text;
      if (ticked) return;
      record.sentAt = now;
      if (!record.whole) record.restsUntil = now + RESEND_MS;
    }

    /** What was sent just now rests; so does what may be gone in a moment, as it is of another address. */
    dueAt({ restsUntil = 0, number }) {
      return number < this.stale ? Math.max(restsUntil, this.movedAt + STALE_MS) : restsUntil;
    }

    /** A whole page that goes on changing is read ever more seldom, and a large one seldomer. */
    restLonger(record, now, size) {
      record.reads = (record.reads ?? 0) + 1;
      record.restsUntil = now + record.reads * Math.max(RESEND_MS, size / CHARACTERS_A_MS);
    }

    send(record, markup, complete) {
      this.chunk.push({
        id: this.series + (this.sent++).toString(16).padStart(12, "0"),
        ref: record.ref,
        kind: record.kind,
        selector: record.selector,
        markup,
        ancestors: this.ancestorsOf(record.element),
        parent_ref: record.parentRef,
        order: record.order,
        ...(record.outline === null ? {} : { outline: record.outline }),
        seen: this.seen.has(record.element),
        complete,
        again: record.sentAt !== undefined,
        captured_at: this.time,
      });
      this.chunkSize += markup.length;
      if (this.chunk.length >= CHUNK || this.chunkSize >= CHUNK_CHARACTERS) this.flush();
    }

    ancestorsOf(element) {
      const parent = element.parentNode;
      if (!this.ancestors.has(parent)) this.ancestors.set(parent, ancestorsOf(element));
      return this.ancestors.get(parent);
    }

    flush() {
      if (!this.chunk.length) return;
      this.emit(this.chunk);
      this.chunk = [];
      this.chunkSize = 0;
    }
  }

  function take(set) {
    for (const value of set) {
      set.delete(value);
      return value;
    }
    return undefined;
  }

  globalThis.earmark = Object.assign(globalThis.earmark, { Watcher, uuid });
})();
