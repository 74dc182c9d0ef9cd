// Whether keys are read by somebody else, on a real PTY; time passes when the test says so.

import { expect, test } from "bun:test";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { unwrap } from "../base/errors.ts";
import { openMaster } from "../pty/master.ts";
import { rawTermios, readTermios, writeTermios } from "./tty-calls.ts";
import { UnreadKeys } from "./unread-keys.ts";

const SIZE = { rows: 24, cols: 80, xpixel: 0, ypixel: 0 };

/** A keyboard that is watched. */
function watched() {
  const master = unwrap(openMaster(SIZE));
  const reader = openSync(master.path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
  writeTermios(reader, rawTermios(readTermios(reader) ?? new Uint8Array(0)));
  let next = Promise.withResolvers<() => void>();
  let unread = 0;
  const keys = new UnreadKeys(
    () => (unread += 1),
    master.path,
    (_ms, run) => {
      next.resolve(run);
      return { dispose: () => {} };
    },
  );
  return {
    unread: () => unread,
    type: (text: string) => expect(master.write(Buffer.from(text), 0)).toBe(text.length),
    /** The worker reads what was typed. */
    read: () => void readSync(reader, new Uint8Array(100)),
    /** Lets the time until the next look pass, once one is wanted: the kernel tells of a key by a signal. */
    async look(): Promise<void> {
      const run = await next.promise;
      next = Promise.withResolvers();
      run();
    },
    [Symbol.dispose]() {
      keys.dispose();
      closeSync(reader);
      master.dispose();
    },
  };
}

const linux = test.if(process.platform === "linux");

linux("a key that is typed just when somebody looks, the keyboard stays with who reads it", async () => {
  using keyboard = watched();
  for (let time = 0; time < 20; time += 1) {
    keyboard.type("a");
    await keyboard.look();
    keyboard.read();
    await keyboard.look();
  }
  expect(keyboard.unread()).toBe(0);
});

linux("a key that nobody reads, it is noticed", async () => {
  using keyboard = watched();
  keyboard.type("a");
  let looks = 0;
  for (; keyboard.unread() === 0; looks += 1) await keyboard.look();
  expect(looks).toBeGreaterThan(1);
  expect(keyboard.unread()).toBe(1);
});
