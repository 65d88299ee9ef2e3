// What a page can try against a program on this machine. `attack(name, target)` resolves to all it
// could read; `target` is {base, mark, token, code, item, batch, extension}.
//
// `mark` goes into every address, so that what arrives can be told apart.
const CAP_MS = 2000; // some requests hang on a question to the person

const at = ({ base, mark }, path) => `${base}${path}?by=${mark}`;
const later = (value) => new Promise((done) => setTimeout(done, CAP_MS, value));

async function read(url, options = {}) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(CAP_MS), ...options });
    const headers = [...answer.headers].filter(([name]) => name === "etag" || name.startsWith("set-"));
    return { type: answer.type, headers, text: await answer.text() };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Adds an element, waits until it has loaded or failed, and looks into it. */
async function load(tag, attributes) {
  const element = Object.assign(document.createElement(tag), attributes);
  const ended = new Promise((done) => (element.onload = element.onerror = ({ type }) => done(type)));
  document.body.append(element);
  const loot = { ended: await Promise.race([ended, later("nothing")]) };
  loot.width = element.naturalWidth;
  for (const [name, look] of Object.entries(LOOKS)) {
    try {
      loot[name] = look(element);
    } catch (error) {
      loot[name] = String(error);
    }
  }
  element.remove();
  return loot;
}

const LOOKS = {
  text: (element) => element.contentDocument?.documentElement.textContent,
  address: (element) => element.contentWindow?.location.href,
  rules: (element) => element.sheet?.cssRules.length,
};

const json = { "Content-Type": "application/json" };
const bearer = ({ token }) => ({ Authorization: `Bearer ${token}` });
const post = (type, body) => ({ method: "POST", mode: "no-cors", credentials: "include", headers: { "Content-Type": type }, body });

function socket(target) {
  const socket = new WebSocket(at(target, "/v1/events").replace("http", "ws"));
  return new Promise((done) => {
    socket.onopen = () => done("open");
    socket.onmessage = ({ data }) => done(data);
    socket.onerror = () => done("error");
    setTimeout(done, CAP_MS, "nothing");
  });
}

function events(target) {
  const source = new EventSource(at(target, "/v1/events"), { withCredentials: true });
  const end = new Promise((done) => {
    source.onmessage = ({ data }) => done(data);
    source.onopen = () => done("open");
    source.onerror = () => done("error");
    setTimeout(done, CAP_MS, "nothing");
  });
  return end.finally(() => source.close());
}

/** Posts a form into a frame, or in place of the page; fields as a page of the inbox has them. */
async function submit(target, path, enctype, fields, frame = "") {
  const form = Object.assign(document.createElement("form"), { method: "post", action: at(target, path), enctype, target: frame });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { name, value }));
  }
  document.body.append(form);
  if (!frame) return void setTimeout(() => form.submit());
  const inside = Object.assign(document.createElement("iframe"), { name: frame });
  document.body.append(inside);
  const loaded = new Promise((done) => (inside.onload = done));
  form.submit();
  await Promise.race([loaded, later()]);
  return { text: LOOKS.text(inside) ?? null };
}

/** One text/plain field that reads as the JSON of a batch. */
const smuggled = ({ batch }) => ({ [`${batch.slice(0, -1)},"x":"`]: '"}' });

const ATTACKS = {
  "fetch": (t) => read(at(t, "/v1/items")),
  "fetch-no-cors": (t) => read(at(t, "/v1/items"), { mode: "no-cors", credentials: "include" }),
  "fetch-with-cookie": (t) => read(at(t, "/v1/items"), { credentials: "include" }),
  "fetch-page-with-cookie": (t) => read(at(t, "/"), { credentials: "include" }),
  "fetch-with-token": (t) => read(at(t, "/v1/items"), { headers: bearer(t) }),
  "head-with-cookie": (t) => read(at(t, "/v1/items"), { method: "HEAD", credentials: "include" }),
  "post-json": (t) => read(at(t, "/v1/captures"), { method: "POST", headers: { ...json, ...bearer(t) }, body: t.batch }),
  "patch-json": (t) => read(at(t, t.item), { method: "PATCH", credentials: "include", headers: json, body: '{"state":"done"}' }),
  "post-text": (t) => read(at(t, "/v1/captures"), post("text/plain", t.batch)),
  "post-code": (t) => read(at(t, "/v1/pair"), post("text/plain", JSON.stringify({ code: t.code, browser: crypto.randomUUID() }))),
  "post-state": (t) => read(at(t, t.item.slice(3) + "/state"), post("application/x-www-form-urlencoded", "state=done")),
  "beacon": async (t) => navigator.sendBeacon(at(t, "/v1/captures"), t.batch),
  "image": (t) => load("img", { src: at(t, "/static/earmark.svg") }),
  "script": (t) => load("script", { src: at(t, "/v1/items") }),
  "own-script": (t) => load("script", { src: at(t, "/static/live.js") }),
  "style": (t) => load("link", { rel: "stylesheet", href: at(t, "/static/base.css") }),
  "frame": (t) => load("iframe", { src: at(t, "/") }),
  "frame-of-item": (t) => load("iframe", { src: at(t, t.item) }),
  "object": (t) => load("object", { data: at(t, "/v1/items") }),
  "events": events,
  "socket": socket,
  "form-in-frame": (t) => submit(t, t.item.slice(3) + "/state", "application/x-www-form-urlencoded", { state: "done" }, `f${t.mark}`),
};

/** Those that take the tab elsewhere, or open another. */
const NAVIGATIONS = {
  "go-to-inbox": (t) => void setTimeout(() => (location = at(t, "/"))),
  "go-to-item": (t) => void setTimeout(() => (location = at(t, t.item.slice(3)))),
  "go-to-items": (t) => void setTimeout(() => (location = at(t, "/v1/items"))),
  "go-to-plan": (t) => void setTimeout(() => (location = at(t, "/v1/plan"))),
  "form-state": (t) => submit(t, t.item.slice(3) + "/state", "application/x-www-form-urlencoded", { state: "done" }),
  "form-tags": (t) => submit(t, t.item.slice(3) + "/tags", "multipart/form-data", { add: "planted" }),
  "form-batch": (t) => submit(t, "/v1/captures", "text/plain", smuggled(t)),
  "form-code": (t) => submit(t, "/v1/pair", "text/plain", { [`{"code":"${t.code}","browser":"${crypto.randomUUID()}","x":"`]: '"}' }),
};

const attack = (name, target) => ({ ...ATTACKS, ...NAVIGATIONS })[name](target);

/** A button that opens `url` when a person presses it: as a link in a tab of its own, or kept hold of. */
function offer(url, how) {
  const link = Object.assign(document.createElement(how === "link" ? "a" : "button"), { id: how, textContent: how });
  if (how === "link") Object.assign(link, { href: url, target: "_blank" });
  else link.onclick = () => (globalThis.opened = open(url));
  document.body.append(link);
}

/** What can be seen of the window that was opened. */
async function peep() {
  const loot = {};
  for (const look of ["document.body.textContent", "location.href", "name", "inbox", "localStorage.length"]) {
    try {
      loot[look] = String(look.split(".").reduce((value, key) => value[key], opened));
    } catch (error) {
      loot[look] = String(error);
    }
  }
  return loot;
}

/** Everything a page can say to an extension that it knows the id of. */
async function knock({ extension, token }) {
  const { base, id } = extension;
  const wishes = [{ type: "pair", code: "1-AAAA-AAAA" }, { type: "unpair" }, { type: "retry" }];
  const loot = {};
  const runtime = globalThis.chrome?.runtime ?? globalThis.browser?.runtime;
  loot.runtime = typeof runtime?.sendMessage;
  if (runtime?.sendMessage) {
    for (const wish of wishes) {
      loot[wish.type] = await Promise.race([runtime.sendMessage(id, wish).catch(String), later("no answer")]);
    }
  }
  for (const wish of wishes) postMessage(wish, "*");
  for (const wish of wishes) dispatchEvent(new CustomEvent("earmark", { detail: wish }));
  loot.manifest = await read(`${base}/manifest.json`);
  loot.script = await load("script", { type: "module", src: `${base}/pages/state.js` });
  loot.image = await load("img", { src: `${base}/icons/16.png` });
  loot.frame = await load("iframe", { src: `${base}/pages/options.html` });
  loot.worlds = Object.keys(globalThis).filter((name) => /earmark/i.test(name));
  return loot;
}
