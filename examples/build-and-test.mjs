// A script that gets exit codes it can trust: runs steps one after the other in one shell session, shows their output as
// it comes, and stops at the first that fails. The session stays: `bide attach build` shows where it ended.
//
//   node examples/build-and-test.mjs 'npm ci' 'npm test'

import { connect } from "bide";

const steps = process.argv.slice(2);
if (steps.length === 0) {
  console.error("usage: build-and-test.mjs STEP...");
  process.exit(2);
}

const bide = await connect();
const { session } = await bide.request("session.start", {
  argv: ["bash"],
  name: "build",
  cwd: process.cwd(),
  env: process.env,
  umask: process.umask(),
  rows: 40,
  cols: 120,
});

let code = 0;
for (const step of steps) {
  console.log(`== ${step}`);
  const run = await bide.run(session.session_id, step);
  const output = run.output();
  let piece = await output.next();
  for (; !piece.done; piece = await output.next()) process.stdout.write(piece.value);
  run.close();
  // Milliseconds; null when nobody could measure.
  const { exitCode, durationMs } = piece.value;
  console.log(`-- ${exitCode} after ${durationMs} ms`);
  code = exitCode ?? 1;
  if (code !== 0) break;
}
bide.close();
process.exitCode = code;
