// Asks the background what to listen to on this page, and hands it what was heard.
(() => {
  "use strict";

  const { PageReporter, Watcher, clockReader, entryFor, markersIn, pageFacts, possibleHosts, unreadableIn, uuid } = globalThis.earmark;
  const api = globalThis.browser ?? globalThis.chrome;
  const old = globalThis.earmark.listener;
  if (old?.isConnected()) return; // injected twice: after a grant and by registration
  old?.end(); // of an extension that was updated since
  const SETTLING_MS = [0, 50, 200, 500]; // a navigation may be known here before it is known there
  const AT_ONCE = 200;
  const MOST_FRAMES = 100;
  const CHARACTERS_AT_ONCE = 8 * 1024 * 1024; // browsers refuse messages that are far larger
  const RETRY_MS = [300, 1500, 5000];
  const LATER_MS = 30_000;
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** One address in one document: what is heard there is sent in its name, in order. */
  class Visit {
    constructor(id) {
      this.id = id;
      this.plan = this.ask();
      this.waiting = [];
      this.sending = null;
      this.again = () => this.flush();
    }

    /** What to listen to, once the browser and this document agree on where we are. */
    async ask() {
      for (const wait of SETTLING_MS) {
        await sleep(wait);
        const plan = await deliver({ type: "visit", visit: this.id, page: pageFacts() });
        if (!plan || window !== top || isSamePlace(plan)) return plan;
      }
      return null;
    }

    /** Fragments gather while a message is on its way: many small ones would cost the page more. */
    send(fragments) {
      this.waiting.push(...fragments);
      this.flush();
    }

    flush() {
      this.sending ??= this.empty().finally(() => (this.sending = null));
    }

    /** What nobody took stays in its place; the background forgets what reaches it twice. */
    async empty() {
      if ((await this.plan) === undefined) this.plan = this.ask();
      const plan = await this.plan;
      if (plan === undefined) return this.later();
      if (!plan) return;
      // Once a visit: a marker that is not there costs a whole search.
      this.page ??= { ...pageFacts(), markers: markersIn(plan.markers) };
      while (this.waiting.length) {
        const part = this.waiting.slice(0, fitting(this.waiting));
        if (!(await this.hand(part))) return this.later();
        this.waiting.splice(0, part.length);
      }
    }

    /** Whether the background answered, be it that it does not want them. */
    async hand(fragments) {
      const message = { type: "fragments", visit: this.id, page: this.page, fragments };
      const answer = await deliver(message);
      if (!answer?.unknown) return isAnswer(answer);
      const plan = await this.ask();
      return plan ? isAnswer(await deliver(message)) : plan === null;
    }

    /** Try again with the next fragments, when the tab is shown or hidden, or after a while. */
    later() {
      if (!isConnected()) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(this.again, LATER_MS);
      document.addEventListener("visibilitychange", this.again, { once: true });
    }
  }

  /** How many fit in one message: at least one. */
  function fitting(fragments) {
    let size = 0;
    const end = fragments.findIndex(({ markup, text }, at) => {
      size += (markup ?? text ?? "").length;
      return at === AT_ONCE || (at > 0 && size > CHARACTERS_AT_ONCE);
    });
    return end < 0 ? fragments.length : end;
  }

  const isConnected = () => Boolean(api.runtime?.id); // not in a script whose extension was updated
  const isAnswer = (answer) => answer !== undefined && !answer?.error;

  /** The background's answer; undefined where it gave none although it was asked again and again. */
  async function deliver(message) {
    for (const wait of [...RETRY_MS, null]) {
      try {
        const answer = await api.runtime.sendMessage(message);
        if (isAnswer(answer)) return answer;
      } catch {
        if (!isConnected()) return listener.end();
      }
      // A background killed before it answered may leave no error, only no answer.
      if (wait !== null) await sleep(wait);
    }
    return undefined;
  }

  const listener = {
    isConnected,

    async begin() {
      this.settled = false;
      this.address = this.conversation ? location.href : addressOf(location);
      const visit = (this.visit = new Visit(uuid()));
      await this.listen(visit);
    },

    /** Ask again, under the same visit: the plan, a permission or a pause may have changed. */
    async reconsider() {
      this.visit = new Visit(this.visit.id);
      await this.listen(this.visit);
    },

    async listen(visit) {
      const plan = await visit.plan;
      if (visit !== this.visit) return; // the page went on meanwhile
      this.settled = true;
      if (plan === undefined) return this.askLater();
      if (plan && isRefused(plan)) return; // the background asks us again, with one that is good
      this.conversation = plan?.conversation ?? null;
      if (this.conversation) this.address = location.href;
      const entry = plan && entryFor(plan);
      const before = JSON.stringify(this.entry);
      this.entry = entry;
      if (!entry || (this.conversation && this.conversation !== "on")) return this.end();
      if (this.watcher && JSON.stringify(entry) === before) return this.goOn(plan);
      this.stop();
      this.watch(entry, plan);
    },

    /** Nobody answered. */
    askLater() {
      if (isConnected()) setTimeout(() => this.reconsider(), LATER_MS);
    },

    watch(entry, plan) {
      const isClock = clockReader(plan.clocks);
      const emit = (fragments) => this.heard(fragments);
      const { foreign: except, movedAt } = this;
      this.watcher = new Watcher({ entry, isClock, emit, except, movedAt });
      this.watcher.start();
      this.before = 0;
      this.goOn(plan);
    },

    /** Another visit, perhaps of the same watcher. */
    goOn(plan) {
      this.reportOn(plan);
      this.hearResponses();
    },

    heard(fragments) {
      if (!this.isStillHere()) return;
      this.visit.send(fragments);
      this.reporter?.note();
    },

    /** Also called by content/responses.js, which may come after us. */
    hearResponses() {
      if (!this.watcher) return;
      globalThis.earmark.responses?.listen(this.entry.responses ?? [], (one) => this.heard([responseOf(one)]));
    },

    /** Of pages of any site, and of a conversation beside another, there is nothing to expect. */
    reportOn({ markers }) {
      const { before, entry, visit, watcher } = this;
      this.reporter?.stop();
      const page = () => (visit.page ??= { ...pageFacts(), markers: markersIn(markers) });
      const tell = (found) => deliver({ type: "page-report", visit: visit.id, page: page(), ...found });
      this.reporter = entry.last || this.foreign ? null : new PageReporter({ watcher, before, entry, tell });
    },

    stop() {
      this.reporter?.stop();
      this.watcher?.stop();
      this.watcher = null;
    },

    end() {
      this.stop();
      globalThis.earmark.responses?.listen([], () => {});
    },

    /** A browser may not tell of a navigation; what one conversation says is never sent as another's. */
    isStillHere() {
      if (!this.conversation || location.href === this.address) return true;
      this.navigated(false);
      return false;
    },

    /**
     * Another address without a new document is a new visit; one that merely replaces the old one
     * over the same comments (a forum that counts along while one scrolls) is not.
     */
    navigated(replaced) {
      const address = this.conversation ? location.href : addressOf(location);
      if (address === this.address) return;
      this.address = address;
      if (this.conversation) this.leaveConversation();
      else if (replaced && this.watcher?.hasContent()) return;
      this.movedAt = performance.now();
      this.watcher?.hurry();
      this.before = this.watcher?.elements ?? 0;
      this.begin();
    },

    /** What stands there now belongs to the conversation one leaves, however long it stays. */
    leaveConversation() {
      this.foreign = new WeakSet(this.entry ? matchesUnder(document, this.entry) : []);
      this.end();
    },

    /** For the popup: whether we listen, to what, and what other sites stand in this page. */
    about() {
      const frames = [...document.querySelectorAll("iframe[src]")].map(({ src }) => src);
      const { settled, watcher, entry } = this;
      return { listening: Boolean(watcher), settled, platform: entry?.name ?? "", frames: frames.slice(0, MOST_FRAMES) };
    },

    /** A marker may come with the last part of the document. */
    loaded() {
      if (!this.watcher || this.entry.last) this.reconsider();
    },
  };

  /** Whether the browser cannot read the plan; the background is told. */
  function isRefused(plan) {
    const selectors = unreadableIn(plan);
    if (selectors.length) deliver({ type: "refuse-plan", selectors });
    return selectors.length > 0;
  }

  let number = 0;

  /** A response as a fragment; the background parses its text. */
  const responseOf = ({ url, text }) => ({
    id: uuid(),
    ref: `x${number}`,
    kind: "response",
    selector: "",
    url,
    text,
    ancestors: [],
    parent_ref: "",
    order: number++,
    seen: true,
    complete: true,
    captured_at: new Date().toISOString(),
  });

  /** Everything an entry names, in open shadow roots too. */
  function matchesUnder(root, { items = [], context = [] }) {
    const all = [...items, ...context].join(",") || "never";
    const under = (tree) => [
      ...tree.querySelectorAll(all),
      ...possibleHosts(tree).flatMap((host) => (host.shadowRoot ? under(host.shadowRoot) : [])),
    ];
    return under(root);
  }

  const isSamePlace = ({ url, conversation }) =>
    conversation ? url === location.href : withoutHash(url) === withoutHash(location.href);

  const withoutHash = (href) => href.split("#", 1)[0];

  /** The address without a mere jump within the page. */
  const addressOf = ({ href, hash }) => (/^#[/!]/.test(hash) ? href : href.slice(0, href.length - hash.length));

  globalThis.earmark.listener = listener;
  api.runtime.onMessage.addListener((message, sender, respond) => {
    if (message.type === "reconsider") listener.reconsider();
    if (message.type === "hello") respond(listener.about());
  });
  for (const event of ["popstate", "hashchange"]) addEventListener(event, () => listener.navigated(false));
  globalThis.navigation?.addEventListener("currententrychange", ({ navigationType }) =>
    listener.navigated(navigationType === "replace"),
  );
  if (document.readyState !== "complete") addEventListener("load", () => listener.loaded());
  if (document.prerendering) document.addEventListener("prerenderingchange", () => listener.begin(), { once: true });
  else listener.begin();
})();
