// Rows of the group "Output".

import type { CommandSpec } from "../command.ts";
import { BY_ROLE, JSON_FLAG, SEL } from "./shared-flags.ts";

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
    usage: ["screen SEL [--json | --ansi]"],
    positionals: [SEL],
    flags: [{ name: "ansi", help: "with colours, as escape sequences" }, ...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide screen work", what: "plain text" },
      { command: "bide screen work --json | jq .cursor", what: "cursor, modes, title and styled rows" },
    ],
    startsHost: true,
    load: () => import("../commands/screen.ts"),
  },
  {
    verb: "history",
    group: "Output",
    summary: "print scrollback and screen",
    usage: ["history SEL [--ansi | --json] [--lines N]"],
    positionals: [SEL],
    flags: [
      { name: "ansi", help: "with colours, as escape sequences" },
      { name: "vt", help: "the same as --ansi" },
      { name: "lines", value: "N", help: "the last N lines" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide history work --lines 100", what: "the last 100 lines" },
      { command: "bide history work --ansi | less -R", what: "with colours" },
    ],
    startsHost: true,
    load: () => import("../commands/history.ts"),
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
