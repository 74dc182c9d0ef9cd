// Runs a program on a bare PTY and forgets what it prints: the flood beside the bare reference of the echo figure.

import { ClientTerminal } from "../client-terminal.ts";

const terminal = new ClientTerminal(process.argv.slice(2), { PATH: process.env.PATH ?? "/usr/bin:/bin" });
terminal.drain(120_000);
terminal.close();
