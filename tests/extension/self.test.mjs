import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.browser = { storage: {}, runtime: {} };
const { isNewer } = await import("../../extension/background/self.js");

for (const [one, other] of [["0.2.0", "0.1.9"], ["0.10.0", "0.9.0"], ["1.0.0.1", "1.0.0"]]) {
  test(`${one} is newer than ${other}`, () => assert.ok(isNewer(one, other) && !isNewer(other, one)));
}
for (const [one, other] of [["0.1.0", "0.1.0"], ["0.1", "0.1.0"], ["", "0.1.0"], ["0.1.0", ""]]) {
  test(`"${one}" is not newer than "${other}"`, () => assert.ok(!isNewer(one, other)));
}
