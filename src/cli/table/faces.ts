// Rows of the group "Faces": agents in sessions.

import { BUILT_IN_PROFILES } from "../../agents/profiles.ts";
import { SHIM_SHELLS } from "../../tmux/shim/shim-environment.ts";
import type { CommandSpec, FlagSpec } from "../command.ts";
import { JSON_FLAG, PROGRAM_EXIT, THEME_FLAG } from "./shared-flags.ts";

const AGENT_CONFIG: FlagSpec = {
  name: "agent-config",
  value: "FILE",
  help: 'more profiles: {"profiles":[{"name","binary","session_base","status_default"}]}',
};

const SHELL_FLAG: FlagSpec = {
  name: "shell",
  value: "SHELL",
  choices: SHIM_SHELLS,
  help: "whose language (default: that of $SHELL)",
};

export const faceRows = (): readonly CommandSpec[] => [
  {
    verb: "agent",
    group: "Faces",
    summary: "start an agent in a session, with the tmux that it expects",
    usage: ["agent PROFILE [FLAGS] [--] [ARGS...]", "claude|codex|opencode|... [FLAGS] [--] [ARGS...]"],
    positionals: [{ name: "PROFILE" }],
    takesProgram: true,
    passesOn: true,
    shortcuts: BUILT_IN_PROFILES.map(({ name }) => name),
    flags: [
      AGENT_CONFIG,
      {
        name: "name",
        value: "NAME",
        help: "name of the session (default: the profile's, with -2, -3, ... when taken)",
      },
      { name: "cwd", value: "PATH", completes: "directory", help: "directory of the agent (default: this one)" },
      { name: "detach", help: "leave it detached" },
      { name: "status", help: "show the status row" },
      { name: "no-status", help: "do not show the status row" },
      THEME_FLAG,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide claude", what: "Claude Code in a session called claude, or claude-2" },
      { command: "bide codex --name review -- exec 'review this branch'", what: "a name, and arguments of the agent" },
      { command: "bide gemini --detach -p 'summarize this repo'", what: "in the background" },
      { command: "bide agent my-agent --cwd ~/src/site", what: "any command on PATH" },
    ],
    notes: [
      `Built in: ${BUILT_IN_PROFILES.map(({ name }) => name).join(", ")}; each is a verb of its own. \`bide agents\` says which are installed.`,
      "Flags of bide are long and stand first. From the first word that is not one of them everything goes to the agent; `--` ends them early.",
      "The session has the role agent, the label agent=PROFILE and, for the program, BIDE_AGENT. The status row is off unless the profile says otherwise: most agents draw their own.",
    ],
    exitCodes: [...PROGRAM_EXIT, ["4", "the name that was given is taken"], ["127", "the agent is not on PATH"]],
    startsHost: true,
    load: () => import("../commands/agent.ts"),
  },
  {
    verb: "agents",
    group: "Faces",
    summary: "list the agents that bide knows, and which are installed",
    usage: ["agents [NAME...]"],
    positionals: [{ name: "NAME", optional: true, repeatable: true }],
    flags: [AGENT_CONFIG, JSON_FLAG],
    examples: [
      { command: "bide agents", what: "every profile, and where its program is" },
      { command: "bide agents codex my-agent --json", what: "some of them, for a script" },
    ],
    startsHost: false,
    load: () => import("../commands/agents.ts"),
  },
  {
    verb: "tmux",
    group: "Faces",
    summary: "the tmux command line: sessions, windows and panes over bide's sessions",
    usage: ["tmux [-CuV] [-f FILE] [-L NAME|-S PATH] [COMMAND [FLAGS]]"],
    takesProgram: true,
    passesOn: true,
    flags: [],
    examples: [
      {
        command: "bide tmux new-session -d -s work",
        what: "a session with one window and one pane, which is a session of bide",
      },
      { command: "bide tmux split-window -h -t work 'make watch'", what: "another pane beside it" },
      { command: "bide tmux capture-pane -p -t work", what: "what is on its screen" },
      { command: "bide tmux list-commands", what: "every command with its flags" },
    ],
    notes: [
      "Answers as tmux 3.4 does, in the same words; docs/tmux.md says where not. The program called tmux that `bide install-shim` writes runs this.",
      "BIDE_TMUX_LOG=FILE notes every call with its answer and what was not supported.",
    ],
    exitCodes: [["1", "as tmux: what failed is on standard error"]],
    startsHost: true,
    load: () => import("../commands/tmux.ts"),
  },
  {
    verb: "install-shim",
    group: "Faces",
    summary: "write the program called tmux that runs bide's, and print its directory",
    usage: ["install-shim"],
    flags: [JSON_FLAG],
    examples: [
      { command: "bide install-shim", what: "put the directory that it prints first on PATH" },
      { command: "bide install-shim --json", what: "its path, and whether it was written" },
    ],
    notes: [
      "It is in the state directory; no file of yours is touched. `bide start --tmux` and `bide agent` write it too.",
    ],
    startsHost: false,
    load: () => import("../commands/install-shim.ts"),
  },
  {
    verb: "env",
    group: "Faces",
    summary: "print the lines that make a shell use the tmux shim",
    usage: ["env [--shell S]"],
    flags: [SHELL_FLAG, JSON_FLAG],
    examples: [
      { command: "bide env", what: 'for eval "$(bide env)"' },
      { command: "bide env --shell fish", what: "for `bide env --shell fish | source`" },
    ],
    notes: ["Sets TMUX and TMUX_PANE, which tools take for a sign that they run inside tmux, and PATH."],
    startsHost: false,
    load: () => import("../commands/env.ts"),
  },
  {
    verb: "init",
    group: "Faces",
    summary: "show what to put into a shell's startup file",
    usage: ["init [--shell S]"],
    flags: [SHELL_FLAG, JSON_FLAG],
    examples: [
      { command: "bide init", what: "for your login shell" },
      { command: "bide init --shell zsh", what: "for another one" },
    ],
    notes: ["A preview: nothing is written."],
    startsHost: false,
    load: () => import("../commands/init.ts"),
  },
  {
    verb: "mcp",
    group: "Faces",
    summary: "serve MCP on standard input and output, for agents",
    usage: ["mcp"],
    flags: [],
    examples: [
      { command: "claude mcp add bide -- bide mcp", what: "Claude Code; docs/mcp.md has the lines for other agents" },
      { command: "codex mcp add bide -- bide mcp", what: "Codex" },
    ],
    notes: [
      "Tools: start, list, status, screen, logs, send, prompt, run, commands, wait, stop, restart. Answers are capped, and bring a cursor or a hash to go on from. Screens and logs are resources too.",
      "Sessions that it starts go on when the server ends.",
    ],
    startsHost: true,
    load: () => import("../commands/mcp.ts"),
  },
];
