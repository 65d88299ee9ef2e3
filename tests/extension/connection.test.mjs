import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.browser = { storage: {}, runtime: {} };
const { readCode } = await import("../../extension/background/connection.js");

const expected = { port: 47650, code: "47650-AB12-CD34" };

for (const typed of ["47650-AB12-CD34", " 47650 ab12 cd34 ", "47650ab12cd34", "47650–AB12–CD34", "۴۷۶۵۰-AB۱۲-CD۳۴", "４７６５０-ＡＢ１２-ＣＤ３４"]) {
  test(`a code is read from ${JSON.stringify(typed)}`, () => assert.deepEqual(readCode(typed), expected));
}

for (const typed of ["", "AB12-CD34", "99999-AB12-CD34", "0-AB12-CD34", "47650-AB12", "47650-AB12-CD34-EF56-GH78"]) {
  test(`no code is read from ${JSON.stringify(typed)}`, () => assert.equal(readCode(typed), null));
}
