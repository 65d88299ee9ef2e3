import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { skeletonFor } from "../../extension/pages/skeleton.js";

const whole = {
  url: "https://www.forum.example.org/t/1?x=1",
  candidates: [{ selector: '[data-comment-id]', count: 12 }],
  author: { selector: '[rel~="author"]', sample: "Mira" },
  time: { selector: "time[datetime]", sample: "2 hours ago" },
  text: { selector: ".body", sample: "The lid broke." },
  id: { attribute: "data-comment-id", sample: "17" },
};
const parsed = (code) => execFileSync("python3", ["-c", "import ast,sys; ast.parse(sys.stdin.read())"], { input: code });

test("a plugin holds everything that was picked", () => {
  const code = skeletonFor(whole, "2026-11-22");
  parsed(code);
  for (const part of ['items = ["[data-comment-id]"]', 'matches = ["https://www.forum.example.org/*"]', 'name, label = "forum_example_org"',
    'id=attribute(comment, "data-comment-id")', 'author=Author(name=first_text(comment, "[rel~=\\"author\\"]"))', 'time_of(comment.select_one("time[datetime]"))']) {
    assert.ok(code.includes(part), part);
  }
});

test("what was not found is left out", () => {
  const code = skeletonFor({ ...whole, author: null, time: null, text: null, id: null }, "2026-11-22");
  parsed(code);
  for (const name of ["Author", "time_of", "attribute("]) assert.equal(code.includes(name), false, name);
});

const hostile = ['"""\nimport os\n"""', "\\", '"', "\u2028\nx", "\ud800", "'] + evil() + ['"];
for (const selector of hostile) {
  test(`the page's own ${JSON.stringify(selector)} stays a string`, () => {
    const code = skeletonFor({ ...whole, candidates: [{ selector, count: 1 }], author: { selector }, id: { attribute: selector } }, "2026-11-22");
    parsed(code);
    const names = execFileSync("python3", ["-c", "import ast,sys; print([n.id for n in ast.walk(ast.parse(sys.stdin.read())) if isinstance(n, ast.Name)])"], { input: code });
    assert.equal(/evil|'os'/.test(String(names)), false);
  });
}

for (const host of ["1.example", "xn--bcher-kva.example", "[::1]", "a".repeat(80) + ".example"]) {
  test(`a plugin for ${host.slice(0, 20)} has a name that may be one`, () => {
    const [, name] = /name, label = "([^"]*)"/.exec(skeletonFor({ ...whole, url: `https://${host}/` }, "2026-11-22"));
    assert.match(name, /^[a-z][a-z0-9_-]{0,63}$/);
  });
}
