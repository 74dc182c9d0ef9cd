// Uses the installed library the way a program would, and prints what it saw as JSON; runs on Node and on Bun.
import { BideError, connect } from "bide";

const size = { rows: 24, cols: 80 };
const linesOf = (text) => text.match(/one|two/g) ?? [];
const codeOf = (promise) =>
  promise.then(
    () => "no error",
    (error) => (error instanceof BideError ? error.code : String(error)),
  );
const noHost = await codeOf(connect({ startHost: false }));
const bide = await connect();
const start = { name: "work", argv: ["cat"], env: { PATH: process.env.PATH }, cwd: "/", umask: 0o22, ...size };
const { session } = await bide.request("session.start", start);
const taken = await codeOf(bide.request("session.start", start));
const { sessions } = await bide.request("session.list", {});

let output = "";
let sawBoth = () => {};
const bothEchoed = new Promise((resolve) => {
  sawBoth = resolve;
});
const attachment = await (await bide.session("work")).attach(size, {
  onOutput(bytes) {
    output += new TextDecoder().decode(bytes);
    if (linesOf(output).length === 4) sawBoth();
  },
});
const other = await bide.session(session.session_id);
const items = (text) => ({ items: [{ kind: "bytes", data: btoa(text) }] });
const { bytes } = await other.request("input.send", { ...items("one\n"), force: true });
const refused = await codeOf(other.request("input.send", items("no\n")));
attachment.write(new TextEncoder().encode("two\n"));
await bothEchoed;
const stopped = await bide.request("session.stop", { selectors: [{ text: "work" }] });
const ended = await attachment.ended;
const gone = await codeOf(bide.session("work"));
const missing = await codeOf(bide.session("nobody"));
// Echo and cat take turns as they like.
const lines = linesOf(output).sort();
other.close();
await bide.request("host.shutdown", { force: true });
bide.close();
const names = sessions.map(({ name }) => name);
const states = stopped.sessions.map(({ state }) => state);
console.log(JSON.stringify({ noHost, taken, names, bytes, refused, lines, states, ended, gone, missing }));
