// Colours as programs write them.

import { expect, test } from "bun:test";
import { parseColour } from "./colours.ts";

test("X11's numeric forms, they are 0xrrggbb", () => {
  const forms = [
    "#123456",
    "rgb:12/34/56",
    "rgb:1212/3434/5656",
    "#121234345656",
    "#135",
    "rgb:1/3/5",
    "#112233445566",
  ];
  expect(forms.map(parseColour)).toEqual([0x123456, 0x123456, 0x123456, 0x123456, 0x113355, 0x113355, 0x113355]);
});

test("names and nonsense, they are left to the terminal", () => {
  expect(["red", "#12", "#12345", "rgb:1/2", "rgb:12345/1/1", "", undefined].map(parseColour)).toEqual(
    Array(7).fill(undefined),
  );
});
