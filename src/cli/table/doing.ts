// Rows of the group "Doing and waiting": running commands, and what was run.

import type { CommandSpec } from "../command.ts";
import { BY_ROLE, JSON_FLAG, SEL } from "./shared-flags.ts";

export const doingRows = (): readonly CommandSpec[] => [
  {
    verb: "run",
    group: "Doing and waiting",
    summary: "run a command, in a session's shell or in a session of its own",
    usage: ["run SEL [FLAGS] -- CMD...", "run SEL [FLAGS] < script", "run [FLAGS] -- PROGRAM [ARGS...]"],
    positionals: [{ name: "SEL", completes: "live", optional: true }],
    takesProgram: true,
    flags: [
      { name: "detach", short: "d", help: "return at once: prints the session's name and the command's number" },
      { name: "timeout", value: "D", help: "return after this long with 124; the command goes on" },
      { name: "interrupt", help: "at the timeout press Ctrl-C for the command" },
      { name: "force", help: "run even while an attached client owns input" },
      {
        name: "name",
        short: "n",
        value: "NAME",
        help: "name of a session of its own (default: made from the program)",
      },
      {
        name: "cwd",
        short: "c",
        value: "PATH",
        completes: "directory",
        help: "directory of a session that is created",
      },
      { name: "env", short: "e", value: "K=V", repeatable: true, help: "set a variable in a session that is created" },
      { name: "label", short: "l", value: "K=V", repeatable: true, help: "put a label on a session that is created" },
      { name: "size", value: "COLSxROWS", help: "size of a session that is created" },
      { name: "tmux", help: "put the tmux shim first on PATH of a session that is created" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide run work -- 'cd src; make test | tee log'", what: "shell text, in the shell of work" },
      { command: "bide run work -- grep -r 'a b' .", what: "several words: each is literal" },
      { command: "bide run work --timeout 5m --interrupt --json < build.sh", what: "a script, at most five minutes" },
      { command: "bide run work -d -- make -j8", what: "start it; `bide commands work` tells how it went" },
      { command: "bide run -- cargo test", what: "a session of its own, without a shell" },
    ],
    notes: [
      "With SEL the command runs in that session's shell itself: cd, export and exit do what they do there. One word is shell text, several are literal words, none reads a script from standard input. The session is created if there is none of that name. The terminal shows `eval \"$BIDE_RUN\"` and the command; nothing lands in the shell's history.",
      "bide knows when it ends from its shell integration: marks (OSC 133) in bash 4.4+, zsh and fish that bide starts, without touching your files. `[shell] integration = false` in the configuration, or `start --no-shell-integration`, leaves it out; then `run` refuses. Inside ssh, su, docker or another shell in the session bide sees one command that runs, and `run` refuses too.",
      "Runs wait for each other, in order. A shell that runs anything else, or has a half-typed line, gets nothing: 75. So does a command that asks for one behind itself (`bide run . -- CMD` in a run), unless with -d.",
      "The command reads from the session's terminal, never from this command's standard input: answer it with `bide send` or attach. Ctrl-C here is passed on to the command once; the second leaves it running (130). When this command is killed, the command goes on.",
      "Output is what the command printed, byte for byte, with \\n line ends; to a terminal without its questions (cursor position, colours), which the session has answered.",
      "Without SEL the words are exec'd (a script on standard input goes to $SHELL -c); the ended session stays, for `bide logs`.",
    ],
    exitCodes: [
      ["N", "the command's own; 128+N: signal N ended it"],
      ["1", "the shell has no integration"],
      ["4", "the session has ended"],
      ["5", "an attached client owns input"],
      ["69", "the worker died while the command ran"],
      ["75", "the shell is busy, or a line is half typed"],
      ["124", "the time was over"],
      ["130", "left with the second Ctrl-C"],
    ],
    startsHost: true,
    load: () => import("../commands/run.ts"),
  },
  {
    verb: "commands",
    group: "Doing and waiting",
    summary: "list the commands of a session's shell",
    usage: ["commands SEL [--last | --tail N] [--json]", "commands SEL --output N [--raw]"],
    positionals: [SEL],
    flags: [
      { name: "last", help: "only the last one" },
      { name: "tail", value: "N", help: "the last N" },
      {
        name: "output",
        value: "N",
        help: "print what command N (or `last`) printed, as clean lines; --json: as `output` of the command",
      },
      { name: "raw", help: "with --output: the bytes as they were printed" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide commands work", what: "number, exit code, duration, directory, text" },
      { command: "bide commands work --output last", what: "what the last one printed" },
      { command: "bide commands work --json | jq '.commands[-1].exit_code'", what: "for scripts" },
    ],
    notes: [
      "Commands that somebody typed and those of `bide run`, also after the session has ended. A shell tells of a command killed by signal N only as 128+N.",
    ],
    startsHost: true,
    load: () => import("../commands/commands.ts"),
  },
];
