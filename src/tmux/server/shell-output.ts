// `#(command)` in a format: the last line that the command printed when it ran last. It is started when it is asked for and
// answers the next time, as in tmux; nobody waits for it, and it runs at most once a second.

import type { ResolvedPlace } from "./format-place.ts";
import type { TmuxServer } from "./tmux-server.ts";

interface Job {
  startedAt: number;
  running: boolean;
  /** Undefined until it has been run to its end. */
  line: string | undefined;
}

const EVERY_MS = 1000;
/** Jobs of formats that nobody expands any more. */
const MOST_JOBS = 100;

const jobsOf = new WeakMap<TmuxServer, Map<string, Job>>();

export function shellOutput(server: TmuxServer, command: string, { session }: ResolvedPlace): string {
  const jobs = jobsOf.get(server) ?? new Map<string, Job>();
  jobsOf.set(server, jobs);
  const job = jobs.get(command) ?? { startedAt: 0, running: false, line: undefined };
  jobs.delete(command);
  jobs.set(command, job);
  const oldest = jobs.keys().next();
  if (jobs.size > MOST_JOBS && !oldest.done) jobs.delete(oldest.value);
  const sinceStart = Date.now() - job.startedAt;
  if (job.running && job.line === undefined && sinceStart > EVERY_MS) return `<'${command}' not ready>`;
  if (job.running || sinceStart < EVERY_MS) return job.line ?? "";
  job.running = true;
  job.startedAt = Date.now();
  void server.jobs
    .run(command, { cwd: session?.cwd, session })
    .then(({ output }) => {
      job.line = new TextDecoder().decode(output).trimEnd().split("\n").at(-1) ?? "";
    })
    .finally(() => {
      job.running = false;
    });
  return job.line ?? "";
}
