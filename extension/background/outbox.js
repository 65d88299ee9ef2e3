// What was heard and not yet acknowledged, on disk: survives the worker, the browser, the agent.
//
// A row is one fragment as JSON text. Rows of one visit leave together; when the box is full the
// oldest visits go first, and how many fragments were lost is kept for the person.

const MAX_BYTES = 200 * 1024 * 1024;
const BATCH_FRAGMENTS = 500;
const BATCH_BYTES = 7 * 1024 * 1024; // of the agent's 8 MiB a body; the page and commas take the rest

const done = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Walk a cursor, one row in memory at a time, for as long as `visit` returns true. */
const each = (request, visit) =>
  new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor && visit(cursor)) cursor.continue();
      else resolve();
    };
  });

export class Outbox {
  constructor({ name = "earmark", maxBytes = MAX_BYTES } = {}) {
    this.name = name;
    this.maxBytes = maxBytes;
  }

  /** Keep fragments of one visit; the same fragment twice is kept once. Resolves once on disk. */
  async put(visit, page, tab, fragments) {
    const rows = fragments.map((fragment) => rowOf(visit, fragment));
    const transaction = await this.#open("readwrite");
    const store = transaction.objectStore("fragments");
    const totals = await readTotals(transaction);
    for (const row of rows) {
      if (await result(store.index("id").getKey(row.id))) continue;
      store.add(row);
      totals.bytes += row.bytes;
      totals.fragments += 1;
    }
    transaction.objectStore("visits").put({ visit, page, tab });
    await this.#makeRoom(transaction, totals);
    transaction.objectStore("totals").put(totals, "totals");
    await done(transaction);
  }

  /** The oldest rows of the oldest visit: `{visit, page, tab, rows}`, or null when empty. */
  async oldest(limit = BATCH_FRAGMENTS) {
    const transaction = await this.#open("readonly");
    const store = transaction.objectStore("fragments");
    const first = await result(store.openCursor());
    if (!first) return null;
    const { visit } = first.value;
    const rows = [];
    let bytes = 0;
    await each(store.index("visit").openCursor(rowsOf(visit)), ({ value }) => {
      bytes += value.bytes;
      if (rows.length && (rows.length >= limit || bytes > BATCH_BYTES)) return false;
      rows.push(value);
      return true;
    });
    const about = await result(transaction.objectStore("visits").get(visit));
    return { ...about, rows };
  }

  /** Forget rows that were answered for good. */
  async remove(rows) {
    const transaction = await this.#open("readwrite");
    const totals = await readTotals(transaction);
    const store = transaction.objectStore("fragments");
    for (const row of rows) {
      if (!(await result(store.getKey(row.number)))) continue; // dropped meanwhile
      store.delete(row.number);
      totals.bytes -= row.bytes;
      totals.fragments -= 1;
    }
    for (const visit of new Set(rows.map((row) => row.visit))) await forgetEmptyVisit(transaction, visit);
    transaction.objectStore("totals").put(totals, "totals");
    await done(transaction);
  }

  /** `{fragments, bytes, dropped}`: what waits, and how many fragments were lost for lack of room. */
  async totals() {
    return readTotals(await this.#open("readonly"));
  }

  /** The person has read how much was dropped. */
  async forgetDropped() {
    const transaction = await this.#open("readwrite");
    const totals = await readTotals(transaction);
    transaction.objectStore("totals").put({ ...totals, dropped: 0 }, "totals");
    await done(transaction);
  }

  /** Throw everything away, as after unpairing. */
  async clear() {
    const transaction = await this.#open("readwrite");
    for (const name of ["fragments", "visits", "totals"]) transaction.objectStore(name).clear();
    await done(transaction);
  }

  async #makeRoom(transaction, totals) {
    const store = transaction.objectStore("fragments");
    while (totals.bytes > this.maxBytes) {
      const first = await result(store.openCursor());
      await dropVisit(transaction, first.value.visit, totals);
    }
  }

  async #open(mode) {
    this.database ??= openDatabase(this.name);
    const database = await this.database;
    return database.transaction(["fragments", "visits", "totals"], mode);
  }
}

function openDatabase(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore("fragments", { keyPath: "number", autoIncrement: true });
    store.createIndex("id", "id", { unique: true });
    store.createIndex("visit", ["visit", "number"]);
    request.result.createObjectStore("visits", { keyPath: "visit" });
    request.result.createObjectStore("totals");
  };
  return result(request);
}

/** `again` is for counting here only; the rest of the fragment travels. */
function rowOf(visit, { again = false, ...fragment }) {
  const json = JSON.stringify(fragment);
  return { id: fragment.id, visit, again, json, bytes: new TextEncoder().encode(json).length };
}

async function readTotals(transaction) {
  const totals = await result(transaction.objectStore("totals").get("totals"));
  return totals ?? { fragments: 0, bytes: 0, dropped: 0 };
}

const rowsOf = (visit) => IDBKeyRange.bound([visit, 0], [visit, Infinity]);

async function dropVisit(transaction, visit, totals) {
  const store = transaction.objectStore("fragments");
  await each(store.index("visit").openCursor(rowsOf(visit)), (cursor) => {
    totals.bytes -= cursor.value.bytes;
    totals.fragments -= 1;
    totals.dropped += 1;
    cursor.delete();
    return true;
  });
  transaction.objectStore("visits").delete(visit);
}

async function forgetEmptyVisit(transaction, visit) {
  const index = transaction.objectStore("fragments").index("visit");
  if (!(await result(index.count(rowsOf(visit))))) transaction.objectStore("visits").delete(visit);
}

export const outbox = new Outbox();
