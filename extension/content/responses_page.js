// In the page's own world, and only on sites where the person allowed it: hands copies of the
// responses that a platform asks for to Earmark's own script beside it (content/responses.js).
//
// The page gets what it would get without this. Nothing here is secret, and nothing it sends is
// believed: the page could send the same.
(() => {
  "use strict";

  const PASS = "earmark:response"; // its detail is the address, a line end, the body
  const WANT = "earmark:want"; // its detail is a list of regular expressions, as JSON
  const HERE = "earmark:here";
  const MOST_BYTES = 2 * 1024 * 1024;
  const MOST_A_SECOND = 20;
  const MOST_HELD = 20;
  const HOLD_MS = 10_000; // so long for the word on what is wanted
  const MAY_BE_JSON = /json|javascript|text\/plain/i;

  const then = Promise.prototype.then;
  const on = EventTarget.prototype.addEventListener;
  const emit = EventTarget.prototype.dispatchEvent.bind(window);
  const { parse, stringify } = JSON;
  const Note = CustomEvent;

  if (!emit(new Note(HERE, { cancelable: true }))) return; // injected twice
  on.call(window, HERE, (event) => event.preventDefault());

  let wanted = null; // not known yet
  let held = [];
  let passed = []; // when the last ones were

  on.call(window, WANT, ({ detail }) => {
    wanted = parse(detail).map((source) => new RegExp(source, "s"));
    for (const [url, text] of held) pass(url, text);
    held = [];
  });
  setTimeout(() => {
    wanted ??= [];
    held = [];
  }, HOLD_MS);

  const fits = (url) => wanted.some((each) => each.test(url));
  const isOfUse = (url, type) => (wanted ? fits(url) : held.length < MOST_HELD && MAY_BE_JSON.test(type ?? ""));

  function pass(url, text) {
    if (!text || text.length > MOST_BYTES) return;
    if (!wanted) return void (held.length < MOST_HELD && held.push([url, text]));
    if (!fits(url) || isTooOften()) return;
    emit(new Note(PASS, { detail: `${url}\n${text}` }));
  }

  function isTooOften() {
    const now = performance.now();
    passed = passed.filter((at) => at > now - 1000);
    return passed.length >= MOST_A_SECOND || !passed.push(now);
  }

  /** The body as text; nothing where it is too long or breaks off. */
  async function textOf(response) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > MOST_BYTES) return void reader.cancel();
      text += decoder.decode(value, { stream: true });
    }
  }

  async function lookAtResponse(response) {
    const { ok, url, headers } = response;
    if (!ok || !isOfUse(url, headers.get("content-type")) || headers.get("content-length") > MOST_BYTES) return;
    pass(url, await textOf(response.clone())); // before the page can read it: cloned at once
  }

  function lookAtRequest(request) {
    const { status, responseURL: url, responseType } = request;
    if (status < 200 || status > 299 || !isOfUse(url, request.getResponseHeader("content-type"))) return;
    if (responseType === "" || responseType === "text") pass(url, request.responseText);
    if (responseType === "json") pass(url, stringify(request.response));
  }

  /** Whatever goes wrong in looking is no business of the page. */
  function quietly(look, at) {
    try {
      look(at)?.catch(() => {});
    } catch {
      // A page may give us anything.
    }
    return at;
  }

  /** Put `apply` around a function of the browser; it keeps its name, its length and its looks. */
  function around(owner, name, apply) {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    if (!own?.configurable || typeof own.value !== "function") return;
    Object.defineProperty(owner, name, { ...own, value: new Proxy(own.value, { apply }) });
  }

  // The page waits for what follows ours, so that a failure nobody handles is still told as one.
  around(window, "fetch", (fetch, self, given) =>
    Reflect.apply(then, Reflect.apply(fetch, self, given), [(response) => quietly(lookAtResponse, response)]),
  );
  around(XMLHttpRequest.prototype, "send", (send, self, given) => {
    quietly((request) => on.call(request, "load", () => quietly(lookAtRequest, request), { once: true }), self);
    return Reflect.apply(send, self, given);
  });
})();
