// A TypeScript program of somebody else, type-checked against the packed library by library.test.ts and never run.
// It is compiled as strictly as tsc can, with Node's types and without Bun's.

import { type AttachEnd, type Bide, BideError, connect, type ErrorCode, type Session } from "bide";

export async function nameOf(bide: Bide, argv: string[]): Promise<string> {
  const { session } = await bide.request("session.start", { argv, env: {}, cwd: "/", umask: 0o22, rows: 24, cols: 80 });
  const started: Session = session;
  // @ts-expect-error The answer has a shape, and this is no part of it.
  session.no_such_key;
  // @ts-expect-error Methods are known by name.
  await bide.request("session.no_such_method", {});
  return started.name;
}

export async function watch(print: (bytes: Uint8Array) => void): Promise<AttachEnd | ErrorCode> {
  try {
    const bide = await connect({ env: { BIDE_STATE_DIR: "/tmp/state" }, startHost: false });
    const connection = await bide.session("work");
    const attachment = await connection.attach({ rows: 24, cols: 80 }, { onOutput: print });
    return await attachment.ended;
  } catch (error) {
    if (error instanceof BideError) return error.code;
    throw error;
  }
}
