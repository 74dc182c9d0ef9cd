// Rows of the group "Sessions", second half: ending sessions and what becomes of them.

import type { CommandSpec } from "../command.ts";
import { BY_ROLE, JSON_FLAG, LIVE_SEL, SEL } from "./shared-flags.ts";

const SEVERAL = "SEL may end with * to mean every session whose name begins so. All are done, each failure is told.";

export const lifecycleRows = (): readonly CommandSpec[] => [
  {
    verb: "stop",
    group: "Sessions",
    summary: "end sessions gracefully",
    usage: ["stop SEL... [--grace D]"],
    positionals: [{ ...LIVE_SEL, repeatable: true }],
    flags: [{ name: "grace", value: "D", help: "time given to each step (default: 2s)" }, ...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide stop build", what: "returns when it is down" },
      { command: "bide stop 'job-*' --grace 10s", what: "several, with more time" },
    ],
    notes: [
      "Ctrl-C, then HUP, TERM and KILL to the process group, each after the grace; a Millrace daemon is asked by its own command first. Every step is recorded in `bide events`.",
      SEVERAL,
    ],
    startsHost: true,
    load: () => import("../commands/stop.ts"),
  },
  {
    verb: "kill",
    aliases: ["close"],
    group: "Sessions",
    summary: "end sessions now, with everything they left behind",
    usage: ["kill SEL..."],
    positionals: [{ ...LIVE_SEL, repeatable: true }],
    flags: [...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide kill build", what: "its name is free at once" },
      { command: "bide kill 'job-*'", what: "several" },
    ],
    notes: [SEVERAL],
    startsHost: true,
    load: () => import("../commands/kill.ts"),
  },
  {
    verb: "delete",
    group: "Sessions",
    summary: "archive ended sessions, or remove them",
    usage: ["delete SEL... [--purge] [--kill]"],
    positionals: [{ name: "SEL", completes: "ended", repeatable: true }],
    flags: [
      { name: "purge", help: "remove the files for good" },
      { name: "kill", help: "kill live sessions first" },
      ...BY_ROLE,
      JSON_FLAG,
    ],
    examples: [
      { command: "bide delete build", what: "into the archive; `bide logs` still reads it" },
      { command: "bide delete 'job-*' --purge", what: "gone" },
    ],
    notes: [
      SEVERAL,
      "NAME* means ended sessions, with --kill the live ones too; with --purge the archived ones where it matches no other.",
    ],
    exitCodes: [["4", "a session is live and --kill was not given"]],
    startsHost: true,
    load: () => import("../commands/delete.ts"),
  },
  {
    verb: "restart",
    group: "Sessions",
    summary: "start an ended session again",
    usage: ["restart SEL"],
    positionals: [{ name: "SEL", completes: "ended" }],
    flags: [...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide restart build", what: "same program, directory, environment, name and log" },
      { command: "bide restart build && bide attach build", what: "and look" },
    ],
    notes: ["An archived session comes back out of the archive."],
    exitCodes: [["4", "the session is live"]],
    startsHost: true,
    load: () => import("../commands/restart.ts"),
  },
  {
    verb: "ps",
    aliases: ["processes"],
    group: "Sessions",
    summary: "show the process trees of sessions",
    usage: ["ps [SEL] [--orphans]"],
    positionals: [{ ...SEL, optional: true }],
    flags: [{ name: "orphans", help: "only processes that outlived their session" }, ...BY_ROLE, JSON_FLAG],
    examples: [
      { command: "bide ps build", what: "group, cpu, memory and age of each process" },
      { command: "bide ps --orphans", what: "what nobody looks after" },
    ],
    startsHost: true,
    load: () => import("../commands/ps.ts"),
  },
  {
    verb: "shutdown",
    group: "Sessions",
    summary: "end every session, then the host",
    usage: ["shutdown [--force]"],
    flags: [{ name: "force", help: "kill instead of stop; works when the host is dead" }, JSON_FLAG],
    examples: [
      { command: "bide shutdown", what: "everything ends gracefully" },
      { command: "bide shutdown --force", what: "now" },
    ],
    startsHost: false,
    load: () => import("../commands/shutdown.ts"),
  },
];
