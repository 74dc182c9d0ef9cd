// Rows of the group "Care".

import type { CommandSpec } from "../command.ts";
import { JSON_FLAG } from "./shared-flags.ts";

export const careRows = (): readonly CommandSpec[] => [
  {
    verb: "doctor",
    group: "Care",
    summary: "check state, sockets, permissions, sessions and workers",
    usage: ["doctor [--repair CODE]..."],
    flags: [
      { name: "repair", value: "CODE", repeatable: true, help: "repair what a check with this code found" },
      JSON_FLAG,
    ],
    examples: [
      { command: "bide doctor", what: "what is wrong, if anything" },
      { command: "bide doctor --json | jq '.checks[] | select(.repairable)'", what: "what can be repaired" },
      { command: "bide doctor --repair ARCHIVE_STALE", what: "archive sessions that have no living process" },
    ],
    exitCodes: [["1", "something is critical"]],
    startsHost: false,
    load: () => import("../commands/doctor.ts"),
  },
  {
    verb: "host",
    aliases: ["daemon"],
    group: "Care",
    summary: "run, show or stop the host by hand",
    usage: ["host run|status|stop", "daemon"],
    positionals: [{ name: "ACTION", choices: ["run", "status", "stop"] }],
    flags: [JSON_FLAG],
    examples: [
      { command: "bide host run", what: "in the foreground, for a service manager (also: bide daemon)" },
      { command: "bide host stop", what: "the host alone; sessions go on" },
    ],
    notes: ["`bide daemon` means `bide host run`."],
    exitCodes: [["69", "status: no host runs"]],
    startsHost: false,
    load: () => import("../commands/host.ts"),
  },
  {
    verb: "completions",
    group: "Care",
    summary: "print the completion script of a shell",
    usage: ["completions bash|zsh|fish|nu"],
    positionals: [{ name: "SHELL", choices: ["bash", "zsh", "fish", "nu"] }],
    flags: [],
    examples: [
      { command: "source <(bide completions bash)", what: "in ~/.bashrc" },
      { command: "bide completions zsh > ~/.zfunc/_bide", what: "with ~/.zfunc in fpath" },
      { command: "bide completions fish > ~/.config/fish/completions/bide.fish", what: "fish" },
      { command: "bide completions nu | save -f bide.nu", what: "nushell; then: use bide.nu *" },
    ],
    startsHost: false,
    load: () => import("../commands/completions.ts"),
  },
  {
    verb: "config",
    group: "Care",
    summary: "show the configuration and where its file is",
    usage: ["config"],
    flags: [JSON_FLAG],
    examples: [
      { command: "bide config", what: "what holds now, as TOML" },
      {
        command: "mkdir -p ~/.config/bide && bide config > ~/.config/bide/config.toml",
        what: "a file to begin with",
      },
    ],
    notes: [
      "The file is $XDG_CONFIG_HOME/bide/config.toml (~/.config/bide/config.toml). Its table [attach] may have: scrollback (lines above the screen that an attach brings, 0 to 100000, default 1000), status (true: show the status row), status_theme (blue, green, magenta, cyan, amber, red, gray or plain) and detach_key (as --detach-key). Its table [shell] may have: integration (false: shells that bide starts do not mark their prompts and commands; then `bide run SEL` refuses).",
      "A flag beats the file.",
    ],
    exitCodes: [["78", "the file has a mistake"]],
    startsHost: false,
    load: () => import("../commands/config.ts"),
  },
  {
    verb: "version",
    group: "Care",
    summary: "print the versions of the command and of the host",
    usage: ["version", "--version"],
    flags: [JSON_FLAG],
    examples: [
      { command: "bide version", what: "both ends" },
      { command: "bide --version", what: "the command alone" },
    ],
    startsHost: false,
    load: () => import("../commands/version.ts"),
  },
  {
    verb: "help",
    group: "Care",
    summary: "explain a verb, or list them all",
    usage: ["help [VERB]", "VERB --help"],
    positionals: [{ name: "VERB", optional: true, completes: "verb" }],
    flags: [],
    examples: [
      { command: "bide help", what: "every verb" },
      { command: "bide help start", what: "one verb" },
    ],
    startsHost: false,
    load: () => import("../commands/help.ts"),
  },
];
