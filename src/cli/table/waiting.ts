// Rows of the group "Doing and waiting": the verbs that wait.

import { AGENT_STATES } from "../../protocol/session-state.ts";
import type { CommandSpec, FlagSpec } from "../command.ts";
import { CONDITION_FLAGS } from "../waiting/wait-flags.ts";
import { BY_ROLE, JSON_FLAG, LIVE_SEL, SEL } from "./shared-flags.ts";

const WAIT_FLAGS: readonly FlagSpec[] = [
  ...CONDITION_FLAGS,
  { name: "from", value: "OFFSET", help: "look at what was printed from this offset on (with --contains, --regex)" },
  { name: "any", help: "until it holds for one of the sessions (default: for all)" },
  { name: "timeout", value: "D", help: "give up after D, with exit code 124" },
  { name: "exit-code", help: "exit with the code of the program that ended, or of the run that finished" },
];

const WAIT_CODES: readonly (readonly [string, string])[] = [
  ["1", "the session ended first, so the condition can never hold"],
  ["69", "the worker of a session died"],
  ["124", "timed out"],
];

const LOOKED_AT =
  "--contains and --regex look at what is on the screen and at everything printed after; with --from at the log from that offset on; of a session that has ended already, at all of its log. Lines are clean (as `bide logs` prints them), the terminal's own wraps do not count, and what a program draws by moving its cursor is looked at on the screen. The echo of a typed command line counts too.";

export const waitingRows = (): readonly CommandSpec[] => [
  {
    verb: "wait",
    group: "Doing and waiting",
    summary: "wait until something happens in sessions",
    usage: ["wait SEL... [CONDITION] [FLAGS]"],
    positionals: [{ ...SEL, optional: true, repeatable: true }],
    flags: [
      ...WAIT_FLAGS,
      { name: "tail", value: "N", help: "print the last N lines of each session afterwards" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide wait build --exit-code", what: "end as the program ends" },
      { command: "bide wait api --contains READY --timeout 30s", what: "until a server is up" },
      { command: "bide wait agent --state blocked --any", what: "until an agent needs an answer" },
      { command: "bide run work -d -- make && bide wait work --exit-code", what: "the code of what `run -d` started" },
      { command: "bide wait vim --stable 500ms", what: "until a screen has been drawn" },
      { command: "bide wait 'test-*' --tail 5", what: "until all of them have ended, with their last lines" },
    ],
    notes: [
      "What happened before counts: a condition that holds already returns at once. Nothing is polled.",
      "Without a condition it waits for the command that `bide run` gave the shell, if one is under way, else for the end of the program; `condition` of the JSON is then task or exit, and default at a timeout. --prompt and --task know what the shell's marks tell (OSC 133, which bide puts into bash, zsh and fish); a program that never marked a prompt and is silent for 5 s ends --prompt with 1.",
      LOOKED_AT,
      "Regular expressions are JavaScript's without look-around and back-references; they are matched line by line, in time that grows with the text only. (?i) at the beginning ignores case.",
      "Standard output has the line that was found, and what --tail asks for; one sentence for each session goes to standard error.",
    ],
    exitCodes: WAIT_CODES,
    startsHost: true,
    load: () => import("../commands/wait.ts"),
  },
  {
    verb: "watch",
    group: "Doing and waiting",
    summary: "wait, then tell somebody or run a command",
    usage: ["watch SEL... [CONDITION] [--notify] [--exec CMD] [--repeat] [FLAGS]"],
    positionals: [{ ...SEL, optional: true, repeatable: true }],
    flags: [
      ...WAIT_FLAGS,
      { name: "notify", help: "send a notification, as `bide notify` does, also when it timed out or can never hold" },
      { name: "exec", value: "CMD", help: "run a shell command when it holds" },
      { name: "repeat", help: "go on after it held, until the sessions have ended (--contains, --regex, --state)" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide watch build --notify", what: "a notification when it has ended" },
      { command: "bide watch api --regex 'error: .*' --repeat", what: "every line that tells of an error" },
      { command: "bide watch review --state blocked --repeat --notify", what: "whenever the agent needs an answer" },
      {
        command: "bide watch deploy --contains FAILED --exec './rollback \"$BIDE_WATCH_SESSION\"'",
        what: "do something about it",
      },
    ],
    notes: [
      "Conditions and exit codes are those of `bide wait`; without --repeat it ends when they are decided.",
      "CMD runs through /bin/sh for each session in which the condition holds, with BIDE_WATCH_SESSION, _SESSION_ID, _STATE, _AGENT_STATE, _EXIT_CODE, _CONDITION, _MATCH, _LINE and _OFFSET in its environment. Its output goes to standard error. When it fails, so does watch (1).",
      "With --repeat the end of the sessions is a normal end (0), the timeout too; --json is then one object for each time.",
    ],
    exitCodes: WAIT_CODES,
    startsHost: true,
    load: () => import("../commands/watch.ts"),
  },
  {
    verb: "report",
    group: "Doing and waiting",
    summary: "say what the agent in a session is doing",
    usage: ["report STATE [SEL] [--reason T]"],
    positionals: [
      { name: "STATE", choices: [...AGENT_STATES, "none"] },
      { ...LIVE_SEL, optional: true },
    ],
    flags: [{ name: "reason", value: "T", help: "why, in a few words" }, ...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide report blocked --reason 'may I delete build/?'", what: "from a hook of the agent" },
      { command: "bide report done review", what: "for another session" },
      { command: "bide report none", what: "take it back: titles, notifications and stillness count again" },
    ],
    notes: [
      "Without SEL the session that it is run in. The state shows in `list`, `status` and the events, and `bide wait --state` waits for it.",
      "Once an agent has reported, only its reports count, until the program ends (then it is done). Without reports the state comes from notifications (OSC 9, 99, 777), progress (OSC 9;4) and the signs that known agents put into their titles, and of an agent without these from its output: one that prints nothing for 3 s is idle. A session has such a state if its role is agent, or once something was reported or notified in it.",
    ],
    exitCodes: [["4", "the session has ended"]],
    startsHost: true,
    load: () => import("../commands/report.ts"),
  },
  {
    verb: "notify",
    group: "Doing and waiting",
    summary: "notify whoever sits at this terminal",
    usage: ["notify --title T [--subtitle S] [--body B]"],
    flags: [
      { name: "title", value: "T", help: "what happened" },
      { name: "subtitle", value: "S", help: "where" },
      { name: "body", value: "B", help: "the details" },
      JSON_FLAG,
    ],
    examples: [
      { command: "bide notify --title 'Build done'", what: "from a script" },
      { command: "bide notify --title make --body 'all tests passed'", what: "with the details" },
    ],
    notes: [
      "Goes through cmux where that is on PATH and takes it, else as OSC 777 to the terminal: standard output or standard error if one is a terminal, the controlling terminal otherwise, standard output if there is none. Inside a session it reaches the terminals of all attached clients, and counts for the state of the agent there.",
    ],
    startsHost: false,
    load: () => import("../commands/notify.ts"),
  },
];

export const promptingRows = (): readonly CommandSpec[] => [
  {
    verb: "prompt",
    group: "Input",
    summary: "submit a prompt to an agent or another program with a composer, and make sure of it",
    usage: ["prompt SEL TEXT... [FLAGS]", "prompt SEL - < file"],
    positionals: [LIVE_SEL, { name: "TEXT", optional: true, repeatable: true }],
    flags: [
      { name: "force", help: "type even while an attached client owns input" },
      { name: "timeout", value: "D", help: "for all of it (default: 30s)" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide prompt review 'run the tests and fix what fails'", what: "one line" },
      { command: "bide prompt review - --json < task.md", what: "a text of several lines; what became of it as JSON" },
    ],
    notes: [
      "Waits until the screen is still, pastes (bracketed if the program asked for it), lets it settle, presses Enter, and looks whether the composer emptied; if not, it presses Enter again, three times at most. Prints the result: submitted (0), left-as-draft (1: the text stands in the composer), blocked (75: the program asks something, or takes no text; Enter was not pressed).",
      "A program that asks is one whose agent state is blocked, or whose screen shows a numbered choice or a y/n question. A text of several lines needs a program that takes bracketed pastes.",
    ],
    exitCodes: [
      ["1", "left as a draft"],
      ["4", "the session has ended"],
      ["5", "an attached client owns input"],
      ["75", "blocked: nothing was submitted"],
    ],
    startsHost: true,
    load: () => import("../commands/prompt.ts"),
  },
];
