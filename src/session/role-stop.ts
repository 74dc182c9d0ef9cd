// How a role stops itself before anybody sends it a signal. A Millrace daemon that is interrupted leaves a
// stale lock behind, so it is asked first, by its own command (measured with millrace 0.16: `control stop`
// queues the request and the daemon obeys at its next tick).

import type { Launch } from "../protocol/launch.ts";

/** The command that asks; undefined for roles that have none. */
export function nativeStopOf(launch: Launch): (() => Promise<void>) | undefined {
  const { role, workspace, argv, env, cwd } = launch;
  if (role !== "millrace-daemon" || workspace === null) return undefined;
  const program = argv[0]?.endsWith("millrace") ? argv[0] : "millrace";
  return async () => {
    try {
      const asked = Bun.spawn([program, "control", "stop", "--workspace", workspace], {
        cwd,
        env,
        stdin: "ignore",
        stdout: "ignore",
        stderr: "ignore",
        timeout: 10_000,
      });
      await asked.exited;
    } catch {
      // Not installed or not executable: the signals that follow do without it.
    }
  };
}
