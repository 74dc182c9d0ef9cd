// Rows of the group "Faces": agents in sessions.

import { BUILT_IN_PROFILES } from "../../agents/profiles.ts";
import type { CommandSpec, FlagSpec } from "../command.ts";
import { JSON_FLAG, PROGRAM_EXIT, THEME_FLAG } from "./shared-flags.ts";

const AGENT_CONFIG: FlagSpec = {
  name: "agent-config",
  value: "FILE",
  help: 'more profiles: {"profiles":[{"name","binary","session_base","status_default"}]}',
};

export const FACES: readonly CommandSpec[] = [
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
      "Tools: start, list, status, screen, logs, send, prompt, run, commands, wait, stop. Answers are capped, and bring a cursor or a hash to go on from. Screens and logs are resources too.",
      "Sessions that it starts go on when the server ends.",
    ],
    startsHost: true,
    load: () => import("../commands/mcp.ts"),
  },
];
