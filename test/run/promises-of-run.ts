// What `run` promises in bash, zsh and fish alike: exact output, exact code, the shell's own state, no history. Called by
// every-shell.test.ts and, for the other shells, by other-shells.test.ts.

import { describe, expect } from "bun:test";
import { needs } from "../support/needs.ts";
import { BIDE } from "../support/sandbox.ts";
import { historyOf, home, run, runText, type ShellName } from "./shell.ts";

export function testPromises(shell: ShellName): void {
  const fish = shell === "fish";
  describe(shell, () => {
    const test = needs(shell);

    test("a command, exactly its output and its exit code", async () => {
      await using box = home();
      await box.start("s", [shell]);
      expect(await run(box, ["echo hi; false"])).toEqual({ code: 1, stdout: "hi\n", stderr: "" });
      expect(await run(box, ["printf 'no line end'"])).toEqual({ code: 0, stdout: "no line end", stderr: "" });
      expect((await run(box, ["sh -c 'exit 200'"])).code).toBe(200);
      expect((await run(box, ["sh -c 'kill -TERM $$'"])).code).toBe(143);
      expect(await runText(box, "echo é; cd /")).toMatchObject({
        schema_version: 1,
        command: "echo é; cd /",
        exit_code: 0,
        signal: null,
        output: "é\n",
        timed_out: false,
      });
      expect((await runText(box, "true")).cwd).toBe("/");
    });

    test("bytes of every value, and a megabyte of wide lines, unchanged", async () => {
      await using box = home();
      const bytes = `${box.root}/bytes`;
      const all = Buffer.from(Array.from({ length: 2048 }, (_, index) => (index * 7 + (index >> 8)) & 255));
      await Bun.write(bytes, all);
      await box.start("s", [shell], ["--size", "40x10"]);
      const raw = Bun.spawn([BIDE, "run", "s", "--", `cat ${bytes}`], { env: box.env, stdout: "pipe" });
      expect(Buffer.from(await new Response(raw.stdout).arrayBuffer()).equals(all)).toBe(true);
      const wide = await run(box, ["seq -f '%0500g' 1 2000"]);
      const expected = Array.from({ length: 2000 }, (_, index) => `${String(index + 1).padStart(500, "0")}\n`).join("");
      expect(wide.stdout === expected).toBe(true);
    });

    test("variables, directory and options, those of the shell itself", async () => {
      await using box = home();
      await box.start("s", [shell]);
      await run(box, [fish ? "set -gx V 'a b'; cd /usr" : "export V='a b'; cd /usr"]);
      expect((await run(box, ["sh -c 'echo \"$V\" $PWD'"])).stdout).toBe("a b /usr\n");
      await run(box, [fish ? "set local one" : "local_one=one; typeset two=two"]);
      expect((await run(box, [fish ? "echo $local" : "echo $local_one $two"])).stdout).toBe(
        fish ? "one\n" : "one two\n",
      );
      expect((await run(box, [fish ? "false; echo $status" : "false; echo $?"])).stdout).toBe("1\n");
    });

    test("quotes, comments, several lines and background jobs, as the shell reads them", async () => {
      await using box = home();
      await box.start("s", [shell]);
      const script = fish
        ? "for i in 1 2 # twice\n  echo \"$i 'quoted'\"\nend\n# the end"
        : "cat <<'E' # here\na $x `b` \"c\"\nE\nfor i in 1 2; do\n  echo $i\ndone\n# the end";
      const expected = fish ? "1 'quoted'\n2 'quoted'\n" : 'a $x `b` "c"\n1\n2\n';
      expect(await run(box, [script])).toEqual({ code: 0, stdout: expected, stderr: "" });
      expect(await run(box, [], { input: `${script}\n` })).toEqual({ code: 0, stdout: expected, stderr: "" });
      expect((await run(box, ["sleep 1000 &"])).code).toBe(0);
      expect((await run(box, [fish ? "kill $last_pid; wait" : "kill $!; wait"])).code).toBeGreaterThanOrEqual(0);
      const broken = await run(box, ["if true"]);
      expect(broken.code).not.toBe(0);
      expect((await run(box, ["echo goes on"])).stdout).toBe("goes on\n");
    });

    test("several words, each literal", async () => {
      await using box = home();
      await box.start("s", [shell]);
      const words = ["a  b", "$HOME", "it's", "back\\slash\\", "`x`", "*", "", "x;y", "#", "!!", "é"];
      const shown = await run(box, ["printf", "<%s>", ...words]);
      expect(shown.stdout).toBe(words.map((word) => `<${word}>`).join(""));
    });

    test("nothing in the history, whatever the user keeps there", async () => {
      await using box = home();
      await box.start("s", [shell]);
      await run(box, ["echo secret"]);
      await box.type("s", "echo typed\r");
      await box.event("s", (event) => event.event === "command_finished" && event.command === 2);
      await run(box, ["echo secret"]);
      const history = await historyOf(box, shell);
      expect(history).toContain("echo typed");
      expect(history).not.toContain("secret");
      expect(history).not.toContain("BIDE");
      // Nor one key away.
      await box.ok(["send", "s", "--key", "Up", "--enter"]);
      await box.event("s", (event) => event.event === "command_finished" && event.command === 5);
      expect((await box.json(["commands", "s", "--last"])).commands[0].text).toBe("echo typed");
    });

    test("a command that reads, its answer typed into the session", async () => {
      await using box = home();
      await box.start("s", [shell]);
      const reading = box.spawn(["run", "s", "--", "sh -c 'echo name?; read name; echo \"hello $name\"'"]);
      await reading.says("name?");
      await box.type("s", "you\r");
      expect(await reading.finished).toMatchObject({ code: 0, stdout: "name?\nyou\nhello you\n" });
    });

    test("a command that ends the shell, the shell's code and a session that has ended", async () => {
      await using box = home();
      await box.start("s", [shell]);
      expect(await run(box, ["echo bye; exit 3"])).toEqual({ code: 3, stdout: "bye\n", stderr: "" });
      // fish tells of the command's end while it ends itself.
      await box.event("s", ({ event }) => event === "exited");
      expect(await box.session("s")).toMatchObject({ state: "exited", exit_code: 3 });
      expect((await run(box, ["echo again"])).code).toBe(4);
      expect((await box.json(["commands", "s"])).commands).toMatchObject([{ seq: 1, exit_code: 3 }]);
      expect(await box.ok(["commands", "s", "--output", "1"])).toBe("bye\n");
    });

    test("Ctrl-C of a run, exactly once to the command, and a shell that goes on", async () => {
      await using box = home();
      await box.start("s", [shell]);
      // One process says it and sleeps: a shell that is just starting the second of two may swallow the key.
      const sleeping = box.spawn(["run", "s", "--", "sh -c 'echo begun; exec sleep 1000'"]);
      await sleeping.says("begun");
      sleeping.signal("SIGINT");
      expect((await sleeping.finished).code).toBe(130);
      expect((await run(box, ["echo on"])).stdout).toBe("on\n");
    });
  });
}
