// From one element of a comment to what a plugin needs: which selectors fit it and all its like, and
// where in it author, time and text stand. A guess that its author checks.
(() => {
  "use strict";

  const { clockReader } = globalThis.earmark;
  const HIGHEST = 10; // elements above the one that was clicked
  const MOST = 6; // proposals
  const LONGEST_SAMPLE = 200;
  const MADE_BY_TOOLS = /^data-(v-|react|ng-|svelte|astro|emotion|styled|hydrat|test-?run|n-head|server)/;
  const NAMES_SOMETHING = /(^|[-_])(id|comment|reply|review|post|item|thread|author)/i;
  const WORDS = /^[a-z]+(?:[-_]{1,2}[a-z]+)*$/i;
  const VOWELS = /[aeiou]/i;
  const ROLES = new Set(["article", "comment", "listitem", "row"]);
  const TIMES = [
    "time[datetime]", "time", "relative-time", '[itemprop~="datePublished"]', "abbr[title]", "[data-utime]", "[data-time]",
  ];
  const AUTHORS = [
    '[itemprop~="author"]', '[rel~="author"]', "[data-author]", 'a[href*="/user"]', 'a[href*="/u/"]', 'a[href*="/@"]',
    'a[href*="/profile"]', 'a[href*="/people"]', 'a[href*="/member"]', '[class*="author" i]', '[class*="user" i]',
    '[class*="name" i]', "cite",
  ];
  const CONTROLS = "button,[role=button],form,input,textarea,select,script,style,noscript,svg";

  /** Everything stable to be said of an element, the surest first. */
  function hooksOf(element) {
    const named = [...element.attributes].filter(({ name }) => name.startsWith("data-") && !MADE_BY_TOOLS.test(name));
    const ids = named.filter(({ name, value }) => NAMES_SOMETHING.test(name) && value && !WORDS.test(value));
    const words = named.filter(({ value }) => WORDS.test(value) && value.length < 40);
    const type = element.getAttribute("itemtype")?.split("/").at(-1) ?? "";
    const role = element.getAttribute("role");
    const [, prefix] = /^([a-z][a-z_-]*[-_])\d+/i.exec(element.id) ?? [];
    return [
      ...ids.map(({ name }) => `[${name}]`),
      ...words.map(({ name, value }) => `[${name}="${value}"]`),
      ...(WORDS.test(type) ? [`[itemtype$="/${type}"]`] : []),
      ...(element.getAttribute("itemprop")?.split(/\s+/) ?? []).filter((name) => WORDS.test(name)).map((name) => `[itemprop~="${name}"]`),
      ...(ROLES.has(role) ? [`[role="${role}"]`] : []),
      ...(element.localName.includes("-") ? [element.localName] : []),
      ...(prefix ? [`[id^="${prefix}"]`] : []),
      ...(WORDS.test(element.id) ? [`#${CSS.escape(element.id)}`] : []),
      ...[...element.classList].filter(isSpoken).map((name) => `.${CSS.escape(name)}`),
      ...[...element.classList].map(moduleOf).filter(Boolean).map((name) => `[class*="${name}"]`),
      element.localName,
    ];
  }

  /** Whether a class looks like words somebody chose. */
  const isSpoken = (name) =>
    name.length > 2 && name.length < 40 && WORDS.test(name) && name.split(/[-_]+/).every((part) => VOWELS.test(part) || part.length < 3);

  /** The part of a generated class (`Comment_root__x7Gh2`) that stays. */
  const moduleOf = (name) => /^([A-Z][a-z]+[A-Za-z]*_[a-z][A-Za-z]*_{1,2})[\w-]{4,}$/.exec(name)?.[1];

  /** One comment, `selector` naming it: where author, time and text stand in it. */
  class Record {
    constructor(element, selector, isClock) {
      this.element = element;
      this.selector = selector;
      this.own = [...element.querySelectorAll("*")].filter((one) => this.owns(one));
      this.time = this.first(TIMES, (one) => one) ?? this.clock(isClock);
      this.author = this.first(AUTHORS, (one) => isShort(one) && one !== this.time);
      this.text = this.prose();
    }

    /** Not what belongs to a reply inside. */
    owns(inner) {
      for (let node = inner; node && node !== this.element; node = node.parentElement) {
        if (node.matches(this.selector)) return false;
      }
      return true;
    }

    first(selectors, fits) {
      for (const css of selectors) {
        const found = this.own.find((one) => one.matches(css) && textOf(one) && fits(one));
        if (found) return found;
      }
      return null;
    }

    clock(isClock) {
      return this.own.find((one) => !one.childElementCount && textOf(one) && isClock(textOf(one), one.firstChild)) ?? null;
    }

    /** The element with the most words directly in it or in its paragraphs. */
    prose() {
      const sizes = new Map();
      for (const one of this.own) {
        if (one.closest(CONTROLS) || this.isHead(one)) continue;
        const size = [...one.childNodes].reduce((sum, node) => sum + (node.nodeType === Node.TEXT_NODE ? node.data.trim().length : 0), 0);
        const home = ["P", "BR", "A", "EM", "STRONG", "B", "I"].includes(one.tagName) && this.isInside(one.parentElement) ? one.parentElement : one;
        sizes.set(home, (sizes.get(home) ?? 0) + size);
      }
      const [largest] = [...sizes].sort(([, one], [, other]) => other - one);
      return largest?.[1] > 0 ? largest[0] : null;
    }

    isHead = (one) => [this.time, this.author].some((part) => part?.contains(one));
    isInside = (one) => one !== this.element && this.element.contains(one);

    get parts() {
      return [this.author, this.time, this.text].filter(Boolean).length;
    }

    /** `{selector, sample}` of a part, the selector as short as it may be inside the comment. */
    described(part) {
      if (!part) return null;
      const preferred = [...TIMES, ...AUTHORS].filter((css) => part.matches(css) && !css.includes("*="));
      const found = [...preferred, ...hooksOf(part).filter((css) => !css.startsWith("#"))].find(
        (css) => this.element.querySelector(css) === part,
      );
      return { selector: found ?? part.localName, sample: textOf(part).slice(0, LONGEST_SAMPLE) };
    }
  }

  const textOf = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();
  const isShort = (element) => textOf(element).length < 60;

  /** What to propose for the comment that `element` belongs to. */
  function propose(element, clocks) {
    const isClock = clockReader(clocks);
    const records = chain(element).flatMap((node) => recordOf(node, isClock));
    const best = [...records].sort((one, other) => other.record.parts - one.record.parts)[0];
    if (!best) return { url: location.href, candidates: [], author: null, time: null, text: null, id: null };
    const { record } = best;
    const same = records.filter((one) => one.node === record.element || (one.record.parts === record.parts && one.node.contains(record.element)));
    return {
      url: location.href,
      candidates: same.flatMap(({ found }) => found).slice(0, MOST),
      author: record.described(record.author),
      time: record.described(record.time),
      text: record.described(record.text),
      id: idOf(record.element),
    };
  }

  function chain(element) {
    const nodes = [];
    for (let node = element; node && node !== document.body && nodes.length < HIGHEST; node = node.parentElement) nodes.push(node);
    return nodes;
  }

  /** The proposals for one element, those that fit others too; nothing where there are none. */
  function recordOf(node, isClock) {
    const root = node.getRootNode();
    const counted = hooksOf(node).map((selector) => ({ selector, count: root.querySelectorAll(selector).length }));
    const several = counted.filter(({ count }) => count > 1);
    const found = several.length ? several : counted.slice(0, 1);
    const bare = found.length > 1 ? found.filter(({ selector }) => selector !== node.localName || selector.includes("-")) : found;
    const record = new Record(node, bare[0].selector, isClock);
    return several.length || record.parts === 3 ? [{ node, found: bare, record }] : [];
  }

  function idOf(element) {
    const named = [...element.attributes].find(
      ({ name, value }) => /\d/.test(value) && value.length < 100 && (name === "id" || /^data-.*id$/.test(name)),
    );
    return named ? { attribute: named.name, sample: named.value } : null;
  }

  globalThis.earmark = Object.assign(globalThis.earmark, { propose });
})();
