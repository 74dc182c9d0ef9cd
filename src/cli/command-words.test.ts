// The rules of GNU tools that people's fingers know. parse.test.ts has what a whole command line means.

import { expect, test } from "bun:test";
import { cutWords } from "./command-words.ts";

const FLAGS = [
  { name: "all", short: "a" },
  { name: "json" },
  { name: "name", short: "n", value: "NAME" },
  { name: "start", short: "S", value: "N" },
];

/** A word as it is; a flag as `name`, `name=value in the same word` or `name:next word`. */
function cut(...args: string[]): string[] {
  return cutWords(args, FLAGS).map((word) => {
    if (word.kind === "positional") return JSON.stringify(word.value);
    return word.value === undefined ? word.name : `${word.name}${word.inline ? "=" : ":"}${word.value}`;
  });
}

test("a flag with a value, in the same word or the next, whatever it looks like", () => {
  expect(cut("--name", "a", "--name=b=c", "-n", "d", "-ne", "--start", "-3", "-S-4")).toEqual([
    ...["name:a", "name=b=c", "name:d", "name=e", "start:-3", "start=-4"],
  ]);
});

test("no value after a flag that takes one, the flag alone; an empty one, an empty value", () => {
  expect(cut("--name")).toEqual(["name"]);
  expect(cut("-n")).toEqual(["name"]);
  expect(cut("--name=", "--name", "")).toEqual(["name=", "name:"]);
});

test("letters in one word, switches up to the first that takes a value", () => {
  expect(cut("-aa", "-anx", "-an", "y")).toEqual(["all", "all", "all", "name=x", "all", "name:y"]);
});

test("everything else, words in order between the flags", () => {
  expect(cut("one", "-", "", "--json", "two")).toEqual(['"one"', '"-"', '""', "json", '"two"']);
});

test("a value for a switch and flags that nobody knows, told apart by whoever checks them", () => {
  expect(cut("--json=1", "--nothing", "x", "--nothing=2", "-q")).toEqual([
    ...["json=1", "nothing", '"x"', "nothing=2", "q"],
  ]);
  expect(cutWords(["-q", "--nothing=2"], FLAGS).map((word) => "rawName" in word && word.rawName)).toEqual([
    ...["-q", "--nothing"],
  ]);
});
