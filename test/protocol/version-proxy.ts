// Stands between a client and the sockets of a state directory and makes the servers look older or newer: every
// version that they tell is replaced by another of the same length. For the tests of mixed versions.

import { chmodSync, mkdirSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { basename, dirname, join } from "node:path";
import { Transform } from "node:stream";
import { VERSION } from "../../src/base/version.ts";

export interface ToldVersions {
  /** One digit, as the real one. */
  readonly protocol: number;
  /** As long as the real one. */
  readonly version: string;
}

export class VersionProxy implements AsyncDisposable {
  /** The BIDE_RUNTIME_DIR for clients that are to meet the other version. */
  readonly runtimeBase: string;
  readonly #realBase: string;
  readonly #told: ToldVersions;
  readonly #servers: Server[] = [];

  /** `realBase`: the true runtime directory; the proxy's lies beside it and has a name of the same length. */
  constructor(realBase: string, told: ToldVersions) {
    this.#realBase = realBase;
    this.runtimeBase = join(dirname(realBase), basename(realBase).replace(/.$/, "_"));
    this.#told = told;
  }

  /** Listens for one socket of the true runtime directory. */
  async serve(realSocket: string): Promise<void> {
    const path = realSocket.replace(this.#realBase, this.runtimeBase);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const server = createServer((client) => {
      const upstream = createConnection(realSocket);
      client.on("error", () => upstream.destroy());
      upstream.on("error", () => client.destroy());
      client.pipe(upstream);
      upstream.pipe(this.#disguise()).pipe(client);
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    chmodSync(path, 0o600);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  /** The lengths stay the same, so frames stay whole; a hello is small and arrives in one piece. */
  #disguise(): Transform {
    const { protocol, version } = this.#told;
    const [from, to] = [this.#realBase, this.runtimeBase];
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const text = chunk
          .toString("latin1")
          .replaceAll('"protocol":1', `"protocol":${protocol}`)
          .replaceAll(`"version":"${VERSION}"`, `"version":"${version}"`)
          .replaceAll(from, to);
        done(null, Buffer.from(text, "latin1"));
      },
    });
  }
}
