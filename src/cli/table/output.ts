// Rows of the group "Output".

import type { CommandSpec, FlagSpec } from "../command.ts";
import { BY_ROLE, JSON_FLAG, SEL } from "./shared-flags.ts";

const OUTPUT_FLAG: FlagSpec = {
  name: "output",
  short: "o",
  value: "FILE",
  help: "write the picture to a file instead of standard output",
};

export const OUTPUT: readonly CommandSpec[] = [
  {
    verb: "logs",
    aliases: ["capture"],
    group: "Output",
    summary: "print what a session printed, as clean lines",
    usage: ["logs SEL [FLAGS]"],
    positionals: [SEL],
    flags: [
      { name: "tail", value: "N", help: "the last N lines" },
      { name: "start", short: "S", value: "LINE", help: "first line: from 0, negative from the end" },
      { name: "end", short: "E", value: "LINE", help: "last line, inclusive: from 0, negative from the end" },
      { name: "follow", short: "f", help: "go on until the program has ended" },
      { name: "since", value: "T", help: "from a time on: RFC 3339, or a duration ago" },
      { name: "raw", help: "the bytes as they were printed" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide logs build --tail 20", what: "the end" },
      { command: "bide logs build --follow", what: "until it is done" },
      { command: "bide logs build -S -100 -E -51", what: "lines counted from the end" },
      { command: "bide logs build --since 5m --json", what: "each line with offset and time" },
    ],
    notes: ["Works on running, ended and archived sessions. JSON is one object per line."],
    startsHost: true,
    load: () => import("../commands/logs.ts"),
  },
  {
    verb: "screen",
    group: "Output",
    summary: "show a session's screen as a person would see it",
    usage: [
      "screen SEL [--json | --ansi]",
      "screen SEL --html | --svg | --png [-o FILE]",
      "screen SEL --diff HASH [--json]",
    ],
    positionals: [SEL],
    flags: [
      { name: "ansi", help: "with colours, as escape sequences" },
      { name: "html", help: "as a web page" },
      { name: "svg", help: "as a picture of lines and text" },
      { name: "png", help: "as a picture of pixels; not to a terminal" },
      OUTPUT_FLAG,
      { name: "diff", value: "HASH", help: "only the rows that changed since the screen with that hash" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide screen work", what: "plain text" },
      { command: "bide screen work --json | jq .cursor", what: "cursor, modes, title and styled rows" },
      { command: "bide screen work --png -o work.png", what: "a picture" },
      {
        command: "bide screen work --diff 1f8d03b2c47a965e",
        what: "what changed since the screen with that hash: row, tab, text",
      },
    ],
    notes: [
      "A PNG has two pixels for each of the SVG, fewer for very large screens. Its letters are DejaVu Sans Mono; what that lacks (CJK, rare scripts) comes from the fonts of the machine, from where fontconfig keeps them. A character that none of them draws is an empty box, and standard error says so; emoji in colour are among these.",
      'The session\'s worker remembers the last 8 screens that it described. --diff with another hash shows every row, with "complete": true in the JSON; so it does after a resize.',
    ],
    startsHost: true,
    load: () => import("../commands/screen.ts"),
  },
  {
    verb: "history",
    group: "Output",
    summary: "print scrollback and screen",
    usage: ["history SEL [--ansi | --json] [--lines N]", "history SEL --html | --svg | --png [--lines N] [-o FILE]"],
    positionals: [SEL],
    flags: [
      { name: "ansi", help: "with colours, as escape sequences" },
      { name: "vt", help: "the same as --ansi" },
      { name: "html", help: "as a web page" },
      { name: "svg", help: "as a picture of lines and text" },
      { name: "png", help: "as a picture of pixels; not to a terminal" },
      OUTPUT_FLAG,
      { name: "lines", value: "N", help: "the last N lines" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide history work --lines 100", what: "the last 100 lines" },
      { command: "bide history work --ansi | less -R", what: "with colours" },
      { command: "bide history work --html -o work.html", what: "to read, keep or send" },
    ],
    startsHost: true,
    load: () => import("../commands/history.ts"),
  },
  {
    verb: "export",
    group: "Output",
    summary: "write what a session printed to a file",
    usage: ["export SEL --html | --svg | --text [-o FILE]"],
    positionals: [SEL],
    flags: [
      { name: "html", help: "scrollback and screen as a web page" },
      { name: "svg", help: "scrollback and screen as a picture" },
      { name: "text", help: "scrollback and screen as text" },
      { ...OUTPUT_FLAG, help: "the file, replaced when all is there (default: standard output)" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide export build --html -o build.html", what: "a page with colours and links" },
      { command: "bide export build -o build.svg", what: "the form by the name of the file" },
      { command: "bide export build --text | grep -c error", what: "all that is left of what it printed" },
    ],
    notes: [
      "Works on running, ended and archived sessions. A file that was there is replaced only when all bytes are written, else it stays as it was.",
    ],
    startsHost: true,
    load: () => import("../commands/export.ts"),
  },
  {
    verb: "events",
    group: "Output",
    summary: "print the journal of a session",
    usage: ["events SEL [FLAGS]"],
    positionals: [SEL],
    flags: [
      { name: "tail", value: "N", help: "the last N events" },
      { name: "follow", short: "f", help: "go on until the session has ended" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide events build --tail 10", what: "what happened last" },
      { command: "bide events build --follow --json", what: "as it happens, one object per line" },
    ],
    startsHost: true,
    load: () => import("../commands/events.ts"),
  },
];
