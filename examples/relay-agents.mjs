// Two programs that talk to each other while nobody watches: what one says when it has a question is put to the other, and
// the answer is typed back. Both are sessions, so a person can attach to either, or this script can die and start again.
//
//   node examples/relay-agents.mjs ASKER-COMMAND ANSWERER-COMMAND
//
// A question is a line "ask: ..." of the asker, an answer a line "answer: ..." of the answerer. The asker ends the talk.

import { connect } from "bide";

const [askerCommand, answererCommand] = process.argv.slice(2);
if (answererCommand === undefined) {
  console.error("usage: relay-agents.mjs ASKER-COMMAND ANSWERER-COMMAND");
  process.exit(2);
}

const bide = await connect();

async function start(name, command) {
  const { session } = await bide.request("session.start", {
    argv: ["sh", "-c", command],
    name,
    role: "agent",
    cwd: process.cwd(),
    env: process.env,
    umask: process.umask(),
    rows: 24,
    cols: 80,
  });
  return session.session_id;
}

async function type(id, text) {
  const session = await bide.session(id);
  const data = Buffer.from(text).toString("base64");
  await session.request("input.send", {
    items: [
      { kind: "bytes", data },
      { kind: "key", key: "Enter" },
    ],
  });
  session.close();
}

/** Lines of a session that begin with a word, each once; ends with the session. Offsets make it exact. */
async function* said(id, word) {
  const decoder = new TextDecoder();
  let unended = "";
  for await (const { bytes } of bide.output(id)) {
    const lines = (unended + decoder.decode(bytes, { stream: true })).split("\n");
    unended = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith(word)) yield line.slice(word.length).trim();
  }
}

const asker = await start("asker", askerCommand);
const answerer = await start("answerer", answererCommand);
const answers = said(answerer, "answer:");
for await (const question of said(asker, "ask:")) {
  console.log(`asker: ${question}`);
  await type(answerer, question);
  const { value: answer, done } = await answers.next();
  if (done) break;
  console.log(`answerer: ${answer}`);
  await type(asker, answer);
}
const { session } = await bide.wait(asker, { until: "exit" });
console.log(`asker ended with ${session.exit_code}`);
await bide.request("session.stop", { selectors: [{ text: answerer }] });
for await (const { event } of bide.events(asker, { follow: false })) if (event === "exited") console.log("recorded");
bide.close();
process.exitCode = session.exit_code ?? 1;
