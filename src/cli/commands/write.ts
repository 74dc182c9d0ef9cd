// `bide write SEL PATH < file`: a file through a session, so that it arrives wherever the session's shell is, also on
// a machine that is only reached by the ssh that runs in it. The work is in cli/write/.

import { fstatSync } from "node:fs";
import { BideError } from "../../base/errors.ts";
import { visible } from "../../terminal/visible.ts";
import { isTerminal } from "../caller-terminal.ts";
import type { Command } from "../command.ts";
import { say, writeJson } from "../output.ts";
import { takeSelector } from "../selector.ts";
import { Progress, sizeText } from "../write/progress.ts";
import { Upload } from "../write/upload.ts";
import { waitForShell } from "../write/waiting-shell.ts";

const PATIENCE_MS = 15_000;
const INTERRUPTS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export const run: Command = async (context) => {
  const { flags, env, json } = context;
  const { selector, rest } = takeSelector(context);
  const [path] = rest;
  if (path === undefined || path === "")
    throw new BideError("usage", "which file? give PATH, as the session's shell sees it");
  if (rest.length > 1) throw new BideError("usage", "one PATH at a time", { hint: "quote a path that has blanks" });
  if (path.includes("\0")) throw new BideError("usage", "a path has no NUL");
  if (isTerminal(0)) throw new BideError("usage", "the file's bytes are standard input: `bide write SEL PATH < file`");
  const patienceMs = flags.duration("timeout") ?? PATIENCE_MS;
  const bide = await context.connect();
  const connection = await bide.session(selector, { timeoutMs: patienceMs });
  const progress = new Progress(inputSize(), env);
  let upload: Upload | undefined;
  const onSignal = (signal: keyof typeof INTERRUPTS) => {
    progress.end();
    void (upload?.abort() ?? Promise.resolve()).finally(() => process.exit(INTERRUPTS[signal]));
  };
  const signals = Object.keys(INTERRUPTS) as (keyof typeof INTERRUPTS)[];
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const limit = connection.limit(patienceMs);
    await waitForShell(connection, patienceMs).finally(() => limit.dispose());
    upload = await Upload.open(context, connection, {
      path,
      input: Bun.stdin.stream(),
      force: flags.has("force"),
      patienceMs,
      onProgress: (bytes) => progress.update(bytes),
    });
    const { bytes, checksum } = await upload.run();
    progress.end();
    const { session_id, name } = connection.session;
    const shown = path.toWellFormed();
    if (json) writeJson({ schema_version: 1, session_id, path: shown, bytes, checksum });
    else say(`${visible(shown)} written in ${visible(name)}: ${sizeText(bytes)}, verified`);
    return 0;
  } finally {
    progress.end();
    for (const signal of signals) process.off(signal, onSignal);
    upload?.close();
    connection.close();
  }
};

/** Bytes of a file on standard input; a pipe does not tell. */
function inputSize(): number | undefined {
  try {
    const found = fstatSync(0);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
