// Faults S1 and S2: a runtime or state directory, or a socket, that is not what it has to be. Commands refuse with the
// reason and exit code 78, say nothing to whoever listens there, and neither follow, change nor remove what they found.

import { expect, setDefaultTimeout, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { locate } from "../../src/base/locations.ts";
import { gone, until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { needs } from "../support/needs.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const STRANGER = 65_534;
const isRoot = process.geteuid?.() === 0;

interface Wrong {
  readonly what: string;
  readonly reason: string;
  /** Puts it there; `aside` is free as well. */
  make(path: string, aside: string): void;
}

const DIRECTORIES: readonly Wrong[] = [
  {
    what: "a link to a private directory",
    reason: "a symbolic link",
    make: (path, aside) => {
      mkdirSync(aside, { mode: 0o700 });
      symlinkSync(aside, path);
    },
  },
  { what: "open to everybody", reason: "mode 0777, open to others", make: (path) => directory(path, 0o777) },
  { what: "readable to the group", reason: "mode 0750, open to others", make: (path) => directory(path, 0o750) },
  { what: "a file", reason: "a regular file", make: (path) => writeFileSync(path, "mine") },
  {
    what: "somebody else's",
    reason: `one of uid ${STRANGER}`,
    make: (path) => {
      directory(path, 0o700);
      chownSync(path, STRANGER, STRANGER);
    },
  },
];

const SOCKETS: readonly Wrong[] = [
  { what: "a file", reason: "a regular file", make: (path) => writeFileSync(path, "mine") },
  { what: "a fifo", reason: "a fifo", make: (path) => void spawnSync("mkfifo", [path]) },
  { what: "a directory", reason: "a directory", make: (path) => directory(path, 0o700) },
  {
    what: "a link to a file",
    reason: "a symbolic link",
    make: (path, aside) => {
      writeFileSync(aside, "mine");
      symlinkSync(aside, path);
    },
  },
  {
    what: "a dead socket of somebody else",
    reason: `one of uid ${STRANGER}`,
    make: (path, aside) => {
      // Stopping a listener removes what is at its own path.
      const server = Bun.listen({ unix: aside, socket: { data() {} } });
      renameSync(aside, path);
      server.stop(true);
      chownSync(path, STRANGER, STRANGER);
    },
  },
];

function directory(path: string, mode: number): void {
  mkdirSync(path);
  chmodSync(path, mode);
}

/** Becomes the user, listens, says so, and at the end of its input how many bytes the one who connected has sent. */
const LISTEN = `
import os, select, socket, sys
os.setgroups([])
os.setuid(int(sys.argv[2]))
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
server.listen()
os.write(1, b"listens\\n")
peer, _ = server.accept()
sys.stdin.read()
heard = 0
while select.select([peer], [], [], 0)[0]:
    got = peer.recv(65536)
    heard += len(got)
    if not got: break
os.write(1, b"heard %d\\n" % heard)
`;

/** Only root can give a file away. */
function possible({ what }: Wrong): boolean {
  return isRoot || !what.includes("somebody else");
}

/** All that are possible, or every second one. */
function some(wrongs: readonly Wrong[]): Wrong[] {
  return wrongs.filter(possible).filter((_, at) => at % amount(2, 1) === 0);
}

/** Everything that could change about a path, without following it. */
function look(path: string): string {
  const { mode, uid, ino, size, mtimeMs } = lstatSync(path);
  return [mode, uid, ino, size, mtimeMs].join(" ");
}

async function expectRefused(box: Sandbox, args: readonly string[], code: string, reason: string): Promise<void> {
  const { code: exit, stdout, stderr } = await box.run([...args, "--json"]);
  expect([args, exit, stdout]).toEqual([args, 78, ""]);
  const { error } = JSON.parse(stderr);
  expect(error.code).toBe(code);
  expect(error.message).toContain(reason);
}

for (const wrong of DIRECTORIES.filter(possible)) {
  test(`a runtime or state directory that is ${wrong.what}, refused with the reason and left as it is`, async () => {
    await using box = sandbox();
    const { runtimeBase, runtimeDir } = unwrap(locate(box.env));
    const aside = join(box.root, "aside");
    // A state root may be reached through a link: then what it leads to counts.
    const linked = wrong.reason === "a symbolic link";
    for (const path of linked ? [runtimeBase, runtimeDir] : [runtimeBase, runtimeDir, box.stateDir]) {
      rmSync(path, { recursive: true, force: true });
      wrong.make(path, aside);
      const before = look(path);
      await expectRefused(box, ["start", "-n", "x"], "unsafe_directory", wrong.reason);
      expect(look(path)).toBe(before);
      rmSync(path, { recursive: true });
      rmSync(aside, { recursive: true, force: true });
      mkdirSync(runtimeBase, { mode: 0o700, recursive: true });
    }
  });
}

for (const wrong of some(DIRECTORIES)) {
  test(`a runtime directory that is ${wrong.what} while the host runs, refused with the reason and reached once it is gone`, async () => {
    await using box = sandbox();
    const { runtimeBase, runtimeDir } = unwrap(locate(box.env));
    const aside = join(box.root, "aside");
    await box.start("x", ["cat"]);
    for (const path of [runtimeBase, runtimeDir]) {
      rmSync(path, { recursive: true });
      wrong.make(path, aside);
      await expectRefused(box, ["list"], "unsafe_directory", wrong.reason);
      rmSync(path, { recursive: true });
      rmSync(aside, { recursive: true, force: true });
      expect(await box.ok(["list", "--short"])).toBe("x\n");
    }
  });
}

for (const wrong of some(SOCKETS)) {
  test(`${wrong.what} in the place of a socket, refused with the reason and left as it is`, async () => {
    await using box = sandbox();
    const { hostSocket } = unwrap(locate(box.env));
    const aside = join(box.root, "aside");
    await box.start("x", ["true"]);
    const { paths } = await until("its worker has ended", async () => {
      const inspected = await box.inspect("x");
      return inspected.session.worker_pid === null && inspected;
    });
    wrong.make(paths.socket, aside);
    const before = look(paths.socket);
    await expectRefused(box, ["restart", "x"], "unsafe_file", wrong.reason);
    expect(look(paths.socket)).toBe(before);
    rmSync(paths.socket, { recursive: true });
    rmSync(aside, { force: true });

    const { pid } = (await box.json(["host", "status"])).host;
    await box.ok(["host", "stop"]);
    await gone(pid);
    wrong.make(hostSocket, aside);
    const there = look(hostSocket);
    await expectRefused(box, ["list"], "unsafe_file", wrong.reason);
    expect(look(hostSocket)).toBe(there);
    rmSync(hostSocket, { recursive: true });
    await box.ok(["restart", "x"]);
  });
}

test("the runtime directory swapped for a link to one where somebody listens, that one never hears a byte", async () => {
  await using box = sandbox();
  const { runtimeBase, runtimeDir, hostSocket } = unwrap(locate(box.env));
  await box.start("x", ["cat"]);
  const trap = join(box.root, "trap");
  const theirs = hostSocket.replace(runtimeBase, trap);
  mkdirSync(join(theirs, ".."), { mode: 0o700, recursive: true });
  let connected = 0;
  let heard = 0;
  const server = Bun.listen({
    unix: theirs,
    socket: {
      open: () => {
        connected += 1;
      },
      data: (_socket, bytes) => {
        heard += bytes.length;
      },
    },
  });
  const swap = (path: string, target: string) => {
    renameSync(path, `${path}.real`);
    symlinkSync(target, path);
  };
  const back = (path: string) => {
    rmSync(path);
    renameSync(`${path}.real`, path);
  };
  for (const [path, target] of [
    [runtimeBase, trap],
    [runtimeDir, join(theirs, "..")],
  ] as const) {
    swap(path, target);
    await expectRefused(box, ["send", "x", "secret"], "unsafe_directory", "a symbolic link");
    back(path);
  }
  server.stop(true);
  expect([connected, heard]).toEqual([2, 0]);
  await box.type("x", "heard\r");
  await box.printed("x", "heard");
});

needs(
  "root",
  "setpriv",
  "python3",
)("a socket on which another user listens in the place of ours, it never hears a byte and stays", async () => {
  await using box = sandbox();
  const { hostSocket } = unwrap(locate(box.env));
  await box.start("x", ["cat"]);
  const { paths } = await box.inspect("x");
  const shared = join(box.root, "shared");
  mkdirSync(shared);
  chownSync(shared, STRANGER, STRANGER);
  chmodSync(box.root, 0o755);
  for (const [path, args, exit, code] of [
    [paths.socket, ["send", "x", "secret"], 69, "worker_unreachable"],
    [hostSocket, ["list"], 78, "unsafe_file"],
  ] as const) {
    const theirs = join(shared, "socket");
    const stranger = Bun.spawn(["python3", "-c", LISTEN, theirs, String(STRANGER)], { stdin: "pipe", stdout: "pipe" });
    const said = stranger.stdout.getReader();
    await said.read();
    renameSync(path, `${path}.real`);
    renameSync(theirs, path);
    const there = look(path);
    const { code: ended, stdout, stderr } = await box.run([...args, "--json"]);
    expect([args, ended, stdout]).toEqual([args, exit, ""]);
    const { error } = JSON.parse(stderr);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(`one of uid ${STRANGER}`)]);
    expect(look(path)).toBe(there);
    await stranger.stdin.end();
    const { value } = await said.read();
    expect(new TextDecoder().decode(value)).toBe("heard 0\n");
    await stranger.exited;
    renameSync(`${path}.real`, path);
  }
  chmodSync(box.root, 0o700);
  await box.type("x", "heard\r");
  await box.printed("x", "heard");
});

test("a link to a socket where somebody listens in the place of a worker's, that one never hears a byte", async () => {
  await using box = sandbox();
  await box.start("x", ["cat"]);
  const { paths } = await box.inspect("x");
  let heard = 0;
  const server = Bun.listen({
    unix: join(box.root, "trap"),
    socket: {
      data: (_socket, bytes) => {
        heard += bytes.length;
      },
    },
  });
  renameSync(paths.socket, `${paths.socket}.real`);
  symlinkSync(join(box.root, "trap"), paths.socket);
  const { code, stderr } = await box.run(["send", "x", "secret", "--json"]);
  expect(code).toBe(69);
  expect(JSON.parse(stderr).error.message).toContain("expected a socket of ours, got a symbolic link");
  rmSync(paths.socket);
  renameSync(`${paths.socket}.real`, paths.socket);
  server.stop(true);
  expect(heard).toBe(0);
  await box.type("x", "heard\r");
  await box.printed("x", "heard");
});
