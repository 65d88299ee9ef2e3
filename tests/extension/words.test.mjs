import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { NOTICES } from "../../extension/pages/state.js";

const ROOT = new URL("../../extension/", import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const wordsOf = (locale) => JSON.parse(read(`_locales/${locale}/messages.json`));
const placeholders = (entry) => [...entry.message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()).sort();

const english = wordsOf("en");
const filesIn = (folder) => readdirSync(new URL(`${folder}/`, ROOT)).map((file) => `${folder}/${file}`);
const sources = [...filesIn("pages"), ...filesIn("background")].map(read).join("\n");

/** What stands for the variable in a key that code puts together. */
const SITES = ["open", "about_us", "private", "conversation", "messages_forbidden", "by_hand", "closed", "organisation", "unheard", "nothing", "own", "paused_site", "paused_everywhere", "paused_hour"];
const PARTS = {
  "${name}_title": NOTICES,
  "${name}_hint": NOTICES,
  "${name}_action": NOTICES,
  "site_${site}": SITES,
  "site_${site}_hint": SITES,
  "keep_${state}": ["about_us", "by_hand", "organisation"],
  "connection_${known}": ["ok", "unknown", "unpaired", "absent", "stranger", "token"],
  "prepared_${kind}": ["spent", "waiting"],
  "pairing_${kind}": ["wrong_code", "no_code", "absent", "stranger", "busy"],
};

function* named() {
  for (const [, html, literal] of sources.matchAll(/data-i18n="(\w+)"|(?:word|getMessage)\("(\w+)"/g)) yield html ?? literal;
  for (const [, key] of read("manifest.json").matchAll(/__MSG_(\w+)__/g)) yield key;
  for (const [, template] of sources.matchAll(/word\(`([^`]+)`/g)) {
    assert.ok(PARTS[template], `this test does not know what ${template} stands for`);
    for (const part of PARTS[template]) yield template.replace(/\$\{\w+\}/, part);
  }
}

for (const locale of readdirSync(new URL("_locales/", ROOT))) {
  const words = wordsOf(locale);
  test(`${locale} has every word and no other`, () => assert.deepEqual(Object.keys(words), Object.keys(english)));
  test(`${locale} names its language and direction`, () => {
    assert.equal(words.language.message, locale);
    assert.equal(words.direction.message, locale === "fa" ? "rtl" : "ltr");
  });
  test(`${locale} uses the values that are given`, () => {
    for (const [key, entry] of Object.entries(words)) {
      assert.deepEqual(placeholders(entry), placeholders(english[key]), key);
      assert.deepEqual(Object.keys(entry.placeholders ?? {}).sort(), placeholders(entry), key);
    }
  });
}

test("every word that is named exists", () => assert.deepEqual([...named()].filter((key) => !(key in english)), []));

test("every word that exists is named", () => {
  const used = new Set(named());
  // Some keys travel as text before they are looked up: a label beside its number, an action beside its click.
  const inText = (key) => sources.includes(`"${key}"`);
  assert.deepEqual(Object.keys(english).filter((key) => !used.has(key) && !inText(key)), []);
});

test("no page holds words of its own", () => {
  for (const name of ["popup", "options", "picked"]) {
    const text = read(`pages/${name}.html`).replace(/<title>Earmark<\/title>/, "").replace(/<[^>]*>/g, "");
    assert.equal(text.trim(), "");
  }
});

test("only one file fetches", () => {
  const files = readdirSync(new URL("background/", ROOT)).filter((file) => /\bfetch\(/.test(read(`background/${file}`)));
  assert.deepEqual(files, ["agent.js"]);
  const others = ["content", "pages"].flatMap((folder) => readdirSync(new URL(`${folder}/`, ROOT)).map((f) => `${folder}/${f}`));
  assert.deepEqual(others.filter((file) => /\bfetch\(|new XMLHttpRequest|sendBeacon|WebSocket/.test(read(file))), []);
});
