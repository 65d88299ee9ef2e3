import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../extension/", import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const wordsOf = (locale) => JSON.parse(read(`_locales/${locale}/messages.json`));
const placeholders = (entry) => [...entry.message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()).sort();

const english = wordsOf("en");
const pages = ["popup", "options"].map((name) => read(`pages/${name}.html`) + read(`pages/${name}.js`)).join("");
const background = readdirSync(new URL("background/", ROOT)).map((file) => read(`background/${file}`)).join("");

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

test("every word that a page names exists", () => {
  const named = [...pages.matchAll(/data-i18n="(\w+)"|word\("(\w+)"/g)].map((found) => found[1] ?? found[2]);
  assert.deepEqual(named.filter((key) => !(key in english)), []);
});

test("no page holds words of its own", () => {
  for (const name of ["popup", "options"]) {
    const text = read(`pages/${name}.html`).replace(/<title>Earmark<\/title>/, "").replace(/<[^>]*>/g, "");
    assert.equal(text.trim(), "");
  }
});

test("only one file fetches", () => {
  const files = readdirSync(new URL("background/", ROOT)).filter((file) => /\bfetch\(/.test(read(`background/${file}`)));
  assert.deepEqual(files, ["agent.js"]);
  const others = ["content", "pages"].flatMap((folder) => readdirSync(new URL(`${folder}/`, ROOT)).map((f) => `${folder}/${f}`));
  assert.deepEqual(others.filter((file) => /\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket/.test(read(file))), []);
});
