#!/usr/bin/env bun
// The one program: a client by default, the host or a worker when it is started in that role. Each role's
// modules are loaded only for that role.

import { compileAsUsual } from "../base/jit-policy.ts";
import type { ServiceSurroundings } from "../host/service.ts";

const role = process.argv[2];

/** Program and arguments that run this same build again. */
const compiled = import.meta.path.startsWith("/$bunfs/");
const command = compiled ? [process.execPath] : [process.execPath, ...sourceFlags(), import.meta.path];
/** What a program finds in BIDE_BIN. */
const binary =
  process.env.BIDE_BIN || (compiled ? process.execPath : new URL("../../bin/bide", import.meta.url).pathname);

if (role === "__worker" || role === "__host") compileAsUsual();
if (role === "__worker") {
  const { runWorker } = await import("../session/worker.ts");
  process.exit(await runWorker());
} else if (role === "__host") {
  const { runHost } = await import("../host/run-host.ts");
  const outcome = await runHost({ env: process.env, command, binary, loadService, background: true });
  process.exit(outcome.ok ? 0 : 1);
} else if (role === "tmux" && process.argv[3] !== "--help") {
  // Before anything of our own command line is loaded: agents call it hundreds of times.
  const { runTmux } = await import("../cli/tmux-terminal.ts");
  process.exit(await runTmux(process.argv.slice(3), { env: process.env, command }));
} else {
  const { runCli } = await import("../cli/main.ts");
  process.exit(
    await runCli(process.argv.slice(2), {
      command,
      binary,
      async runHost() {
        const { unwrap } = await import("../base/errors.ts");
        const { runHost } = await import("../host/run-host.ts");
        unwrap(await runHost({ env: process.env, command, binary, loadService, background: false }));
        return 0;
      },
      async doctor({ repair }) {
        const { unwrap } = await import("../base/errors.ts");
        const { runDoctor } = await import("../host/doctor.ts");
        return unwrap(await runDoctor({ env: process.env, repair }));
      },
      async forceShutdown() {
        const { unwrap } = await import("../base/errors.ts");
        const { forceShutdown } = await import("../host/force-shutdown.ts");
        return unwrap(await forceShutdown({ env: process.env, command, binary }));
      },
    }),
  );
}

/** The tmux server lives in the host's process, and is loaded there at the first call for it. */
async function loadService(surroundings: ServiceSurroundings) {
  const { TmuxService } = await import("../tmux/server/namespaces.ts");
  return TmuxService.load(surroundings);
}

/** What bin/bide gives Bun, so that no .env or bunfig.toml of any directory is ever read. */
function sourceFlags(): string[] {
  const config = new URL("../../bin/bunfig.toml", import.meta.url).pathname;
  return ["--no-install", "--no-env-file", `--config=${config}`];
}
