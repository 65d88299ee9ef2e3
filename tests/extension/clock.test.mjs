import assert from "node:assert/strict";
import { test } from "node:test";
import { clockShapes } from "../../extension/background/clock.js";

await import("../../extension/content/clock.js");
const isClock = globalThis.earmark.clockReader(clockShapes(["tr", "fa", "ro", "not a tag"]));

const loose = { parentNode: null };

const clocks = ["3 hours ago", "3h", "· 5m", "yesterday", "3 saat önce", "dün", "۳ ساعت پیش", "acum 20 de ore", "1 day ago, 2 hours ago"];
for (const text of clocks) test(`${text} is a clock`, () => assert.ok(isClock(text, loose)));

const words = ["12 points", "Reply", "2 points, 3 hours ago", "3 hours ago I bought this kettle and it broke", "1.2K"];
for (const text of words) test(`${text} is no clock`, () => assert.ok(!isClock(text, loose)));

test("what a time element says is a clock", () => assert.ok(isClock("21 Nov", { parentNode: { tagName: "TIME" } })));
