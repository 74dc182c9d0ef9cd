// Mixed versions (faults F3, U1): after an upgrade old workers live on, and what both sides know keeps working.

import { expect, test } from "bun:test";
import { workerSocket } from "../../src/base/locations.ts";
import { connect } from "../../src/client/index.ts";
import type { Session } from "../../src/protocol/session.ts";
import { LiveHost } from "./live-host.ts";
import { ATTACH, ATTACHED, jsonFrame, LIVE, REPLAY } from "./raw-session-client.ts";
import { VersionProxy } from "./version-proxy.ts";

test("a client that says an older or a newer protocol, it lists, attaches, reads logs and stops", async () => {
  await using host = await LiveHost.start();
  for (const protocol of [0, 2, 99]) {
    const name = `met-by-${protocol}`;
    const session = await host.startSession(name, "sh", "-c", "echo printed; exec cat");
    const control = await host.connect();
    const hello = { protocol, version: `${protocol}.0.0`, wish: "unknown" };
    expect(await control.call("system.hello", hello)).toMatchObject({ protocol: 1 });
    const worker = await host.openSession(session);
    expect(await worker.greet(hello)).toMatchObject({ protocol: 1, session_id: session.session_id });
    const { bytes } = await worker.ask(1, "log.read", { offset: 0, wait_ms: 60_000, wish: "unknown" });
    expect(bytes.toString()).toBe("printed\r\n");
    worker.send(jsonFrame(ATTACH, { rows: 24, cols: 80, wish: "unknown" }));
    expect([(await worker.nextOf(ATTACHED)).type, (await worker.nextOf(REPLAY)).type]).toEqual([ATTACHED, REPLAY]);
    expect((await worker.nextOf(LIVE)).json()).toEqual({ offset: 9 });
    const { sessions } = (await control.call("session.list", {})) as { sessions: Session[] };
    expect(sessions.map((one) => one.name)).toContain(name);
    const stopped = await control.call("session.stop", { selectors: [{ text: name }] });
    expect(stopped).toMatchObject({ sessions: [{ name, state: "exited" }] });
    control.close();
  }
}, 30_000);

test("a host and a worker that say an older or a newer protocol, our client works with them", async () => {
  await using host = await LiveHost.start();
  for (const told of [
    { protocol: 0, version: "0.0.9" },
    { protocol: 2, version: "9.9.9" },
  ]) {
    const name = `speaks-${told.protocol}`;
    const session = await host.startSession(name, "sh", "-c", "echo printed; exec cat");
    await using proxy = new VersionProxy(host.locations.runtimeBase, told);
    await proxy.serve(host.locations.hostSocket);
    await proxy.serve(workerSocket(host.locations.runtimeDir, session.session_id));
    const bide = await connect({ env: { ...host.box.env, BIDE_RUNTIME_DIR: proxy.runtimeBase }, startHost: false });
    expect(bide.host).toMatchObject(told);
    expect((await bide.request("session.list", {})).sessions.map((one) => one.name)).toContain(name);
    const connection = await bide.session(name);
    expect(connection.worker).toMatchObject(told);
    const { bytes } = await connection.requestBytes("log.read", { offset: 0, wait_ms: 60_000 });
    expect(Buffer.from(bytes).toString()).toBe("printed\r\n");
    const attachment = await connection.attach({ rows: 24, cols: 80 }, { onOutput: () => {} });
    attachment.detach();
    expect(await attachment.ended).toEqual({ reason: "detached" });
    const { sessions } = await bide.request("session.stop", { selectors: [{ text: name }] });
    expect(sessions).toMatchObject([{ name, state: "exited" }]);
    connection.close();
    bide.close();
    await connection.closed;
  }
}, 30_000);
