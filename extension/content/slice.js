// Cutting a page into fragments, exactly as the agent's parse/slicing.py does for saved pages.
//
// Reads only: nothing is cloned (a cloned image would be loaded again), moved or written.
(() => {
  "use strict";

  const MAX_MARKUP = 2 * 1024 * 1024;
  const MAX_ANCESTORS = 12;
  const MAX_DEPTH = 1000;
  const DATA_URI = /(?:^|[\s,("'=])data:[^\s,;]*[;,]/i;
  const LEADING_NUMBER = /^\s*([-+]?(?:\d+\.?\d*|\.\d+))/;
  const NEEDS_CARE = ["<script", "<style", "<template", "data:"];
  const IMAGE_TEXT = /<img[^>]* alt="([^"]*)"/g;
  const IMAGES = "\u0000"; // stands in no document
  const ATTRIBUTES = /\[\s*([\w-]+)/g;
  const VOID = new Set(
    "area base br col embed hr img input link meta source track wbr".split(" ").map((name) => name.toUpperCase()),
  );
  const RAW_TEXT = new Set(["SCRIPT", "IFRAME", "NOEMBED", "NOFRAMES", "NOSCRIPT", "XMP", "PLAINTEXT"]);
  // A shadow root hangs on an element of the page's own making or on an empty box. The other names
  // stand in order of frequency, since each element is compared until one fits.
  const POSSIBLE_HOSTS =
    ":is(div,section,article,aside,main):empty," +
    ":not(div,span,a,p,li,td,i,b,button,img,svg,path,time,tr,br,ul,ol,h3,h4,table,tbody,article,section," +
    "label,input,em,strong,small,code,pre,blockquote,header,footer,h1,h2,h5,h6,form,textarea,select,option," +
    "nav,main,aside,dl,dt,dd,figure,picture,source,video,audio,canvas,iframe,hr,abbr,sub,sup,u,s,font,center," +
    "script,style,link,meta,template,noscript,g,use,th,thead,html,head,body,title)";

  /** The selectors of one plan entry, asked of one tree (the document or a shadow root) at a time. */
  class Matcher {
    constructor(entry) {
      this.outline = entry.outline || null;
      this.pairs = [
        ...(entry.items || []).map((css) => ["element", css]),
        ...(entry.context || []).map((css) => ["context", css]),
      ];
      this.all = this.pairs.map(([, css]) => css).join(",");
      this.fallback = entry.fallback || [];
    }

    /** What is sent whole while hardly anything is named: `[element, selector]`, none in a match. */
    whole(root) {
      if (!this.fallback.length) return [];
      const any = this.fallback.join(",");
      const taken = this.all ? `${this.all},${any}` : any;
      const found = [...root.querySelectorAll(any)].filter(
        (element) => !(this.all && element.matches(this.all)) && !element.parentElement?.closest(taken),
      );
      return found.map((element) => [element, this.fallback.find((css) => element.matches(css))]);
    }

    /** `{kind, selector}` of the first selector that fits, or null. */
    match(element) {
      const pair = this.pairs.find(([, css]) => element.matches(css));
      if (!pair || (isCode(element) && !holdsData(element))) return null;
      return { kind: pair[0], selector: pair[1] };
    }

    /** Everything at or under `root` that fits, in document order, shadow roots left out. */
    under(root) {
      if (!this.all) return [];
      const found = [...root.querySelectorAll(this.all)];
      return root.matches?.(this.all) ? [root, ...found] : found;
    }

    /** The attributes whose change can make an element fit. */
    attributes() {
      const names = new Set([...this.all.matchAll(ATTRIBUTES)].map((found) => found[1]));
      const bare = this.all.replace(/\[[^\]]*\]/g, "");
      if (bare.includes(".")) names.add("class");
      if (bare.includes("#")) names.add("id");
      return [...names];
    }

    /** The outline number of an element, or null. */
    depth(element) {
      if (!this.outline) return null;
      const [selector, attribute] = this.outline.split("@").map((part) => part.trim());
      const holder = element.querySelector(selector);
      const shown = attribute ? holder?.getAttribute(attribute) : holder?.textContent;
      const number = LEADING_NUMBER.exec(shown ?? "");
      return number ? Number(number[1]) : null;
    }
  }

  const isCode = (element) => element.localName === "script" || element.localName === "style";
  const DATA_TYPES = new Set(["application/ld+json", "application/json", "text/json"]);
  const ASSIGNED = /^\s*window\.[A-Za-z_$][\w$]*\s*=\s*\{/;

  /** Whether a script is data and nothing else: JSON, or one object given to one global name. */
  const holdsData = (element) =>
    element.localName === "script" &&
    (DATA_TYPES.has((element.getAttribute("type") || "").trim().toLowerCase()) || ASSIGNED.test(element.textContent));

  /** Elements at or under `root` that may carry a shadow root. */
  function possibleHosts(root) {
    const found = [...root.querySelectorAll(POSSIBLE_HOSTS)];
    return root.nodeType === Node.ELEMENT_NODE ? [root, ...found] : found;
  }

  /** The element above, out of the shadow root where there is one. */
  const above = (node) => node.parentNode?.host ?? node.parentElement;

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/\u00a0/g, "&nbsp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function openingTag(element) {
    let tag = `<${element.localName}`;
    for (const { name, value } of element.attributes) {
      if (DATA_URI.test(value)) continue;
      tag += ` ${name}="${value.replace(/&/g, "&amp;").replace(/\u00a0/g, "&nbsp;").replace(/"/g, "&quot;")}"`;
    }
    return `${tag}>`;
  }

  /** Opening tags of what encloses an element, nearest first. */
  function ancestorsOf(element) {
    const tags = [];
    for (let node = element; tags.length < MAX_ANCESTORS; ) {
      if (node.parentNode instanceof ShadowRoot) tags.push('<template shadowrootmode="open">');
      node = above(node);
      if (!node) break;
      if (tags.length < MAX_ANCESTORS) tags.push(openingTag(node));
    }
    return tags;
  }

  /** One element's markup, and its own words, which tell two states of it apart. */
  class Cutter {
    /** `refOf(element)` names an element that is a fragment of its own; `isClock(text, node)`. */
    constructor(refOf, isClock) {
      this.refOf = refOf;
      this.isClock = isClock;
    }

    /** `{markup, text, complete}`; `plain` says that no other fragment or shadow root lies in it. */
    cut(element, plain) {
      const markup = plain ? element.outerHTML : null;
      if (markup !== null && !NEEDS_CARE.some((sign) => markup.includes(sign))) return measured(markup, element.textContent);
      this.out = [];
      this.text = [];
      this.size = 0;
      this.whole = true;
      this.element(element, 0);
      return measured(this.whole ? this.out.join("") : null, this.text.join(""));
    }

    /** Whether `before`, the text of an earlier cut, differs from the element's in clocks alone. */
    onlyClocksMoved(before, element) {
      let rest = before.split(IMAGES, 1)[0];
      let moved = false; // a clock stood here: what came before in its place is still to be read
      for (const node of this.texts(element)) {
        if (this.isClock(node.data.trim(), node)) {
          moved = true;
          continue;
        }
        const at = rest.indexOf(node.data);
        if (at < 0 || !this.wasClock(rest.slice(0, at), moved, node)) return false;
        rest = rest.slice(at + node.data.length);
        moved = false;
      }
      return this.wasClock(rest, moved, element);
    }

    wasClock(text, moved, node) {
      return text.trim() === "" || (moved && this.isClock(text.trim(), node));
    }

    /** The text nodes of an element that belong to no other fragment. */
    *texts(parent) {
      if (parent.shadowRoot) yield* this.texts(parent.shadowRoot);
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === Node.TEXT_NODE) yield node;
        else if (node.nodeType === Node.ELEMENT_NODE && !this.refOf(node) && !isCode(node)) yield* this.texts(node);
      }
    }

    push(markup) {
      this.size += markup.length;
      this.whole &&= this.size <= MAX_MARKUP;
      if (this.whole) this.out.push(markup);
    }

    element(element, depth) {
      this.push(openingTag(element));
      if (VOID.has(element.tagName)) return;
      if (depth > MAX_DEPTH) this.whole = false;
      if (this.whole) this.contents(element, depth);
      this.push(`</${element.localName}>`);
    }

    contents(element, depth) {
      if (element.shadowRoot) {
        this.push('<template shadowrootmode="open">');
        this.children(element.shadowRoot, depth);
        this.push("</template>");
      }
      if (RAW_TEXT.has(element.tagName)) this.push(element.textContent);
      else this.children(element.localName === "template" ? element.content : element, depth);
    }

    children(parent, depth) {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === Node.TEXT_NODE) {
          this.push(escaped(node.data));
          this.text.push(node.data);
        } else if (node.nodeType === Node.COMMENT_NODE) {
          this.push(`<!--${node.data}-->`);
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          this.child(node, depth);
        }
      }
    }

    child(node, depth) {
      const ref = this.refOf(node);
      if (ref) this.push(`<earmark-cut ref="${ref}"></earmark-cut>`);
      else if (!isCode(node)) this.element(node, depth + 1);
    }
  }

  function measured(markup, text) {
    const fits = markup !== null && !tooLong(markup);
    return { markup: fits ? markup : "", text: text + imagesIn(markup ?? ""), complete: fits };
  }

  /** What images say (an emoji may be one), told apart from the text before them. */
  function imagesIn(markup) {
    if (!markup.includes("<img")) return "";
    return IMAGES + [...markup.matchAll(IMAGE_TEXT)].map(([, text]) => text).join(IMAGES);
  }

  function tooLong(markup) {
    if (markup.length * 3 <= MAX_MARKUP) return false;
    return new TextEncoder().encode(markup).length > MAX_MARKUP;
  }

  const scopeOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.getRootNode() : node);

  function inDocumentOrder(matches, hosts) {
    if (!hosts.length) return matches;
    const before = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    return [...new Set([...matches, ...hosts])].sort(before);
  }

  globalThis.earmark = Object.assign(globalThis.earmark ?? {}, {
    Matcher, Cutter, possibleHosts, ancestorsOf, above, holdsData, inDocumentOrder, isCode, scopeOf,
  });
})();
