// Rows of the group "Input".

import type { CommandSpec } from "../command.ts";
import { BY_ROLE, JSON_FLAG, LIVE_SEL } from "./shared-flags.ts";

export const inputRows = (): readonly CommandSpec[] => [
  {
    verb: "send",
    takesBytes: true,
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
      "Texts and keys are typed in the order in which they are given. Words of TEXT are joined by blanks; their bytes need be no UTF-8 (Linux).",
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
  {
    verb: "write",
    takesBytes: true,
    group: "Input",
    summary: "write standard input to a file where a session's shell is, also across ssh",
    usage: ["write SEL PATH < file"],
    positionals: [LIVE_SEL, { name: "PATH" }],
    flags: [
      { name: "force", help: "type even while an attached client owns input" },
      { name: "timeout", value: "D", help: "how long the shell, or a slow line, is waited for (default: 15s)" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide write work notes.txt < notes.txt", what: "into the directory that the shell is in" },
      { command: "tar c src | bide write remote /tmp/src.tar", what: "on the machine that its ssh is on" },
    ],
    notes: [
      "The session's shell must wait for a command: a small program in POSIX sh is typed and then fed, its command line is taken off the screen again, and it begins with a blank, which keeps it out of the history of shells that are set up that way (fish always).",
      "The file is there with all its bytes, verified by checksum, or it is as it was. A new file gets the permissions that the shell's umask leaves, an old one keeps its own. What is typed into the session meanwhile breaks the transfer, which is then told; Ctrl-C there ends it.",
    ],
    exitCodes: [
      ["1", "the file cannot be written there: no permission, no directory, no space"],
      ["4", "the session has ended"],
      ["5", "an attached client owns input"],
      ["75", "no shell waits for a command"],
      ["124", "the shell stopped answering"],
    ],
    startsHost: true,
    load: () => import("../commands/write.ts"),
  },
  {
    verb: "compose",
    aliases: ["mobile"],
    group: "Input",
    summary: "a session's text and one line to write to it, for phones and slow lines",
    usage: ["compose SEL [--tail N] [--refresh D]", "compose SEL --once [--message TEXT]"],
    positionals: [LIVE_SEL],
    flags: [
      { name: "once", help: "print the text, send the message if there is one, and end" },
      { name: "message", short: "m", value: "TEXT", help: "what is sent; implies --once" },
      { name: "no-enter", help: "do not press Enter behind a message" },
      { name: "tail", value: "N", help: "at most the last N lines (default: 80)" },
      { name: "refresh", value: "D", help: "draw at most this often (default: 500ms, at least 50ms)" },
      { name: "force", help: "send even while an attached client owns input" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide compose work", what: "read above, write below, Enter sends, Esc leaves" },
      { command: "bide compose work --once --message 'go on' --tail 20", what: "the last lines, then the message" },
    ],
    notes: [
      "Never an attached client: the session keeps its size and the owner of its input. Long lines go on in the next row. Backspace, Ctrl-U and Ctrl-W edit; Esc, Ctrl-C and Ctrl-D leave; a paste of several lines is sent as one.",
    ],
    exitCodes: [
      ["1", "standard input or output is no terminal"],
      ["4", "the session has ended"],
      ["5", "an attached client owns input"],
    ],
    startsHost: true,
    load: () => import("../commands/compose.ts"),
  },
];
