import { test, setDefaultTimeout } from "bun:test";
import { sandbox } from "../support/sandbox.ts";
import { OuterTmux } from "./outer-tmux.ts";
setDefaultTimeout(60000);
test("x", async () => {
  await using box = sandbox();
  using outer = new OuterTmux(box);
  await box.start("demo", ["sh", "-c", "PS1='$ ' exec sh"]);
  await outer.prompts(0);
  outer.enter("echo before");
  await outer.prompts(0);
  for (let i = 0; i < 2; i++) {
  outer.enter("$BIDE attach --status demo");
  await outer.shows((s) => s.at(-1)?.includes("detaches") && s.some((l) => l.startsWith("$")));
  outer.enter("seq 3" ); 
  await outer.shows((s) => s.includes("3"));
  outer.enter("printf '\\033[H\\033[2J'"); 
  outer.enter("echo mark" + i); 
  await outer.shows((s) => s.includes("mark" + i));
  outer.press("C-\\");
  await outer.prompts(0);
  console.log(outer.cursor, outer.modes);
  }
  console.log(outer.lines.join("\n"));
});
