// Starts the host when a command finds none. The host is detached (its own session, no terminal) and gets a
// minimal environment: what it needs to find its directories, never the variables of the caller's program
// (those travel with each start request). It reports on its standard output with one line.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { BideError, messageOf } from "../base/errors.ts";
import type { Environment, Locations } from "../base/locations.ts";
import { HOST_MEMORY } from "../base/memory-settings.ts";
import { tooLittleMemory } from "../base/process-limits.ts";
import { ErrorPayloadSchema, fromErrorPayload } from "../protocol/error-payload.ts";
import { validate } from "../protocol/validate.ts";

/** Kept for the host: everything else of a caller's environment is none of its business. */
const KEPT = [
  "HOME",
  "PATH",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TMPDIR",
  "TZ",
  "XDG_CONFIG_HOME",
];

/** A machine that swaps may take seconds to start a process; nobody waits longer than this. */
const READY_TIMEOUT_MS = 15_000;

/** Resolves when a host answers on the socket (this one, or one that was faster); throws BideError. */
export async function launchHost(locations: Locations, env: Environment, command?: readonly string[]): Promise<void> {
  const [program, ...args] = command ?? [env.BIDE_BIN || fileURLToPath(new URL("../../bin/bide", import.meta.url))];
  const child = spawn(program as string, [...args, "__host"], {
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
    env: hostEnvironment(locations, env),
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(unreachable("it did not answer in time")), READY_TIMEOUT_MS);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      finish();
    };
    child.once("error", (error) =>
      settle(() => reject(new BideError("launch_failed", `cannot run ${program}: ${messageOf(error)}`))),
    );
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (data: string) => {
      text += data;
      if (text.includes("\n")) settle(() => resolve(text.slice(0, text.indexOf("\n"))));
    });
    child.stdout.once("close", () => settle(() => reject(endedEarly())));
  });
  child.stdout.destroy();
  child.unref();
  if (line === "ready") return;
  const parsed = validate(ErrorPayloadSchema, safeParse(line), "the host's answer");
  throw parsed.ok ? fromErrorPayload(parsed.value) : unreachable(`it said ${JSON.stringify(line.slice(0, 200))}`);
}

/** The environment that the host runs in. */
export function hostEnvironment(locations: Locations, env: Environment): Record<string, string> {
  const kept: Record<string, string> = { ...HOST_MEMORY };
  for (const name of Object.keys(env)) {
    const value = env[name];
    if (value !== undefined && (KEPT.includes(name) || name.startsWith("BIDE_TEST_"))) kept[name] = value;
  }
  if (env.BIDE_BIN) kept.BIDE_BIN = env.BIDE_BIN;
  kept.BIDE_STATE_DIR = locations.stateRoot;
  kept.BIDE_RUNTIME_DIR = locations.runtimeBase;
  return kept;
}

function safeParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** It has our limits. */
function endedEarly(): BideError {
  const memory = tooLittleMemory();
  return memory === undefined ? unreachable("it ended while starting") : BideError.from(memory);
}

function unreachable(why: string): BideError {
  return new BideError("host_unreachable", `the host could not be started: ${why}`);
}
