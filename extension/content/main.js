// Asks the background what to listen to on this page, and hands it what was heard.
(() => {
  "use strict";

  const { Watcher, clockReader, entryFor, markersIn, pageFacts, unreadableIn, uuid } = globalThis.earmark;
  const api = globalThis.browser ?? globalThis.chrome;
  const old = globalThis.earmark.listener;
  if (old?.isConnected()) return; // injected twice: after a grant and by registration
  old?.end(); // of an extension that was updated since
  const SETTLING_MS = [0, 50, 200, 500]; // a navigation may be known here before it is known there
  const AT_ONCE = 200;
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
        if (!plan || window !== top || withoutHash(plan.url) === withoutHash(location.href)) return plan;
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
        const part = this.waiting.slice(0, AT_ONCE);
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
      this.address = addressOf(location);
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
      if (plan === undefined) return this.askLater();
      if (plan && isRefused(plan)) return; // the background asks us again, with one that is good
      const entry = plan && entryFor(plan);
      if (!entry) return this.end();
      if (this.watcher && JSON.stringify(entry) === JSON.stringify(this.entry)) return;
      this.end();
      this.watch(entry, plan);
    },

    /** Nobody answered. */
    askLater() {
      if (isConnected()) setTimeout(() => this.reconsider(), LATER_MS);
    },

    watch(entry, plan) {
      this.entry = entry;
      const isClock = clockReader(plan.clocks);
      this.watcher = new Watcher({ entry, isClock, emit: (fragments) => this.visit.send(fragments) });
      this.watcher.start();
    },

    end() {
      this.watcher?.stop();
      this.watcher = null;
    },

    /**
     * Another address without a new document is a new visit; one that merely replaces the old one
     * over the same comments (a forum that counts along while one scrolls) is not.
     */
    navigated(replaced) {
      const address = addressOf(location);
      if (address === this.address) return;
      this.address = address;
      if (replaced && this.watcher?.hasContent()) return;
      this.watcher?.hurry();
      this.begin();
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

  const withoutHash = (href) => href.split("#", 1)[0];

  /** The address without a mere jump within the page. */
  const addressOf = ({ href, hash }) => (/^#[/!]/.test(hash) ? href : href.slice(0, href.length - hash.length));

  globalThis.earmark.listener = listener;
  api.runtime.onMessage.addListener((message, sender, respond) => {
    if (message.type === "reconsider") listener.reconsider();
    if (message.type === "hello") respond({ listening: Boolean(listener.watcher) });
  });
  for (const event of ["popstate", "hashchange"]) addEventListener(event, () => listener.navigated(false));
  globalThis.navigation?.addEventListener("currententrychange", ({ navigationType }) =>
    listener.navigated(navigationType === "replace"),
  );
  if (document.readyState !== "complete") addEventListener("load", () => listener.loaded());
  if (document.prerendering) document.addEventListener("prerenderingchange", () => listener.begin(), { once: true });
  else listener.begin();
})();
