// Rows of the group "Input".

import type { CommandSpec } from "../command.ts";
import { BY_ROLE, JSON_FLAG, LIVE_SEL } from "./shared-flags.ts";

export const INPUT: readonly CommandSpec[] = [
  {
    verb: "send",
    aliases: ["input"],
    group: "Input",
    summary: "type into a session",
    usage: ["send SEL [TEXT...] [FLAGS]", "send SEL < file"],
    positionals: [LIVE_SEL, { name: "TEXT", optional: true, repeatable: true }],
    flags: [
      { name: "text", short: "t", value: "TEXT", repeatable: true, help: "text, byte for byte" },
      { name: "key", short: "k", value: "KEY", repeatable: true, help: "a named key: Enter, C-c, M-x, Up, F5, ..." },
      { name: "enter", help: "press Enter after everything else" },
      { name: "paste", help: "send the text as a paste, bracketed if the program asked for it" },
      { name: "force", help: "type even while an attached client owns input" },
      { name: "timeout", value: "D", help: "how long a program that does not read is waited for (default: 10s)" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide send work 'make test' --enter", what: "a command line" },
      { command: "bide send work --key C-c", what: "interrupt" },
      { command: "bide send work --paste - --enter < prompt.txt", what: "standard input as one paste, then Enter" },
      { command: "bide send work < keys.bin", what: "any bytes, any size" },
    ],
    notes: [
      "Texts and keys are typed in the order in which they are given. Words of TEXT are joined by blanks.",
      "Standard input is read when there is neither TEXT nor --text nor --key nor a lone --enter, and where TEXT is a single -.",
    ],
    exitCodes: [
      ["4", "the session has ended"],
      ["5", "an attached client owns input"],
      ["75", "the program does not read"],
    ],
    startsHost: true,
    load: () => import("../commands/send.ts"),
  },
  {
    verb: "print",
    group: "Input",
    summary: "show text in a session's display and scrollback; its program sees nothing",
    usage: ["print SEL TEXT...", "print SEL < file"],
    positionals: [LIVE_SEL, { name: "TEXT", optional: true, repeatable: true }],
    flags: [...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide print work 'deploy starts in 5 minutes'", what: "everybody who looks at it sees it" },
      { command: "date | bide print work", what: "standard input" },
    ],
    notes: [
      "The text stands on lines of its own, above the line that the program is writing, and it is in the log. Words are joined by blanks; escape sequences and control characters are dropped.",
      "While the program shows the alternate screen (an editor, a pager) the text waits until it leaves; with --json `shown` is then false. It is never lost while the session lives.",
    ],
    exitCodes: [
      ["4", "the session has ended"],
      ["75", "too much text waits already"],
    ],
    startsHost: true,
    load: () => import("../commands/print.ts"),
  },
];
