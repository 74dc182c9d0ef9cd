// The command line's way in: src/bin calls runCli with the words after `bide`. It finds the verb, loads its
// module (and no other), and turns whatever goes wrong into a message and an exit code.

import { BideError, messageOf, unwrap } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import type { Bide } from "../client/bide.ts";
import { connect, connectAsking } from "../client/connect.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import type { CommandContext } from "./command.ts";
import { allCommands } from "./command-table.ts";
import { ReaderGone, say, sayError, writeLine } from "./output.ts";
import { type Invocation, parseCommandLine } from "./parse.ts";
import type { Roles } from "./roles.ts";

/** Resolves to the exit code, never rejects; nothing is left open. */
export async function runCli(argv: readonly string[], roles: Roles): Promise<number> {
  try {
    if (argv[0] === "__complete") return await (await import("./complete-words.ts")).completeWords(argv.slice(1));
    const isText = !argv.some((word) => word.includes("\ufffd"));
    const raw = isText ? undefined : await import("./raw-words.ts");
    const words = raw === undefined ? argv : raw.rawWords(argv);
    const parsed = unwrap(parseCommandLine(words));
    switch (parsed.kind) {
      case "help":
        (await import("./help.ts")).printHelp(allCommands(), parsed.command, process.env);
        return 0;
      case "version":
        writeLine((await import("./commands/version.ts")).versionLine());
        return 0;
      case "run":
        raw?.checkWords(words, parsed.invocation.command);
        return await runCommand(parsed.invocation, roles);
    }
  } catch (error) {
    return await failed(error, wantsJson(argv));
  }
}

async function runCommand(invocation: Invocation, roles: Roles): Promise<number> {
  const { command, flags } = invocation;
  const timeoutMs = flags.has("timeout") ? flags.duration("timeout") : undefined;
  const options = { startHost: command.startsHost, command: roles.command, timeoutMs };
  let connecting: Promise<Bide> | undefined;
  const context: CommandContext = {
    ...invocation,
    get commands() {
      return allCommands();
    },
    json: flags.has("json"),
    env: process.env,
    roles,
    connect(more) {
      if (connecting === undefined || more?.again) connecting = connect(options).then(warnOfOtherVersion);
      return connecting;
    },
    async ask(method, params) {
      if (connecting !== undefined) return (await connecting).request(method, params);
      const asking = connectAsking(options, method, params);
      connecting = asking.then(({ bide }) => warnOfOtherVersion(bide));
      return (await asking).result;
    },
  };
  try {
    const { run } = await command.load();
    return await run(context);
  } catch (error) {
    if (!(error instanceof BideError && error.code === "worker_unreachable")) throw error;
    throw await (await import("../client/ended-meanwhile.ts")).unlessEnded(context, error);
  } finally {
    // A connection that failed has already been told.
    if (connecting !== undefined) {
      await connecting.then(
        (bide) => bide.close(),
        () => {},
      );
    }
  }
}

let warned = false;

/** After an upgrade the old host goes on until it is told to end; the common part works meanwhile. */
function warnOfOtherVersion(bide: Bide): Bide {
  const { host } = bide;
  if (warned || (host.version === VERSION && host.protocol === PROTOCOL_VERSION)) return bide;
  warned = true;
  say(
    `bide: this is ${VERSION} and the host is ${host.version}; \`bide host stop\` lets the next command start a new one`,
  );
  return bide;
}

/** Also right when the words could not be parsed: what a script asked for is JSON, errors too. */
function wantsJson(argv: readonly string[]): boolean {
  const dashes = argv.indexOf("--");
  return (dashes < 0 ? argv : argv.slice(0, dashes)).includes("--json");
}

async function failed(error: unknown, json: boolean): Promise<number> {
  if (error instanceof ReaderGone) return 0;
  const known = error instanceof BideError ? error : await unexpected(error);
  sayError(known, json);
  if (process.env.BIDE_DEBUG && error instanceof Error) say(stackOf(error));
  return known.exitCode;
}

async function unexpected(error: unknown): Promise<BideError> {
  if (NO_MEMORY.test(messageOf(error))) {
    const memory = (await import("../base/process-limits.ts")).tooLittleMemory();
    if (memory !== undefined) return BideError.from({ ...memory, cause: error });
  }
  return new BideError("internal", messageOf(error), { cause: error });
}

/** What Bun says where it has no room for the code that it makes (1.4.5), and pty/libc.ts for the same reason. */
const NO_MEMORY = /requires the JIT|out of memory|no C library/i;

/** A few frames; the cause too, because that is where it broke. */
function stackOf(error: Error): string {
  const lines = (error.stack ?? "").split("\n").slice(0, 8);
  return error.cause instanceof Error ? [...lines, `caused by ${stackOf(error.cause)}`].join("\n") : lines.join("\n");
}
