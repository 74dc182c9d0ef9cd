// What host and client tell about a worker that is there and says nothing: it stands still (SIGSTOP, a debugger), or the
// machine does.

import { BideError } from "./errors.ts";

export class WorkerSilent extends BideError {
  constructor({ name, worker_pid }: { readonly name: string; readonly worker_pid: number | null }) {
    super("worker_unreachable", `the worker of ${name} (pid ${worker_pid}) does not answer`, {
      hint: `\`bide doctor\` says why; \`bide kill ${name}\` ends it with its program`,
    });
  }
}
