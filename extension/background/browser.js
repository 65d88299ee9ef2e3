// What differs between Chromium and Firefox, and small things both make long-winded.

export const api = globalThis.browser ?? globalThis.chrome;

/** Answer messages of `type` with what `handlers[type](message, sender)` resolves to. */
export function answerMessages(allowed, handlers) {
  api.runtime.onMessage.addListener((message, sender, respond) => {
    const handler = Object.hasOwn(handlers, message?.type) ? handlers[message.type] : null;
    if (!handler || !allowed(sender)) return false;
    handler(message, sender).then(respond, (error) =>
      respond({ error: error.message, kind: error.kind ?? "" }),
    );
    return true; // both browsers: the answer comes later
  });
}

/** Whether a message comes from a page of this extension. */
export const isOurs = (sender) => sender.url?.startsWith(api.runtime.getURL("")) ?? false;

/** Whether a message comes from a content script of this extension. */
export const isContent = (sender) => sender.id === api.runtime.id && Boolean(sender.tab) && !isOurs(sender);

/** One value in a storage area. */
export class Stored {
  constructor(area, key, fallback) {
    this.area = area;
    this.key = key;
    this.fallback = fallback;
    this.tail = Promise.resolve();
  }

  async read() {
    const found = await api.storage[this.area].get(this.key);
    return found[this.key] ?? structuredClone(this.fallback);
  }

  /** What is there already is not written again: Firefox tells of it as a change, and pages redraw. */
  async write(value) {
    const { [this.key]: known } = await api.storage[this.area].get(this.key);
    if (JSON.stringify(known) === JSON.stringify(value)) return;
    await api.storage[this.area].set({ [this.key]: value });
  }

  /** Change the value without losing another change under way; resolves to the new value. */
  update(change) {
    const next = this.tail.then(async () => {
      const value = change(await this.read());
      await this.write(value);
      return value;
    });
    this.tail = next.catch(() => {});
    return next;
  }

  /** `callback(now, before)`. */
  onChange(callback) {
    api.storage.onChanged.addListener((changes, area) => {
      if (area !== this.area || !changes[this.key]) return;
      const { newValue = this.fallback, oldValue = this.fallback } = changes[this.key];
      callback(newValue ?? this.fallback, oldValue ?? this.fallback);
    });
  }
}

/** A function `tab -> Stored` for what is kept while a tab is open. */
export function storedPerTab(name, fallback) {
  const known = new Map(); // one object a tab, since it keeps updates in order
  return (tab) => known.get(tab) ?? known.set(tab, new Stored("session", `${name}:${tab}`, fallback)).get(tab);
}
