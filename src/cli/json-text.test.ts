import { expect, test } from "bun:test";
import { jsonText } from "./json-text.ts";

test("controls, C1 and direction marks, escaped in the text and the same after parsing", () => {
  const value = { title: "a\x1b[31m\x07\u009b31m\u202eevil\u2028\x7f", "k\u0085": ["\n\t"] };
  const text = jsonText(value);
  expect(text).toMatch(/^[\x20-\x7e]*$/);
  expect(JSON.parse(text)).toEqual(value);
});

test("text of any other script, as it is", () => {
  expect(jsonText("漢字 é 🙂")).toBe('"漢字 é 🙂"');
});
