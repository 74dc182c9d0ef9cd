// What the shim (`bide tmux`) and the tmux server say to each other: frames `type u8, length u32 little endian, payload`.
// Both ends are always of one build or ask again (the hello has a version), so this may change; docs/protocol.md says so.
// Control payloads are JSON, the rest is raw bytes: what is captured or shown need not be UTF-8.

import { FRAME_HEADER_BYTES } from "../../protocol/frames.ts";
import { MAX_FRAME_BYTES } from "../../protocol/limits.ts";

export const WIRE = {
  // shim to server
  hello: 1,
  /** Standard input of the client: for control mode, and when asked for. */
  input: 2,
  inputEnd: 3,
  /** The answer to an `ask`. */
  answer: 4,
  resize: 5,
  /** The attached client's terminal does no longer show what it was told to show. */
  left: 6,
  /** A key after the prefix. */
  key: 7,
  // server to shim
  /** The hello has arrived: from now on nothing may be sent twice. */
  welcome: 64,
  output: 65,
  error: 66,
  exit: 67,
  ask: 68,
  show: 69,
} as const;

export type WireType = (typeof WIRE)[keyof typeof WIRE];

export const WIRE_VERSION = 1;

export interface ClientTerminal {
  readonly cols: number;
  readonly rows: number;
  /** `/dev/pts/3`, empty when it cannot be told. */
  readonly path: string;
}

export interface ClientHello {
  readonly version: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly uid: number;
  readonly umask: number;
  readonly terminal: ClientTerminal | null;
  readonly control: 0 | 1 | 2;
  readonly configFiles: readonly string[];
  /** The caller is in a bide session that no shim was set up in: its pane is the one that is meant. */
  readonly pane: string | null;
  readonly log: boolean;
}

/** How a client ends. `message`: a line for its terminal (`[exited]`, `[detached (from session x)]`). */
export interface ClientExit {
  readonly code: number;
  readonly message?: string;
  /** What was not supported, for BIDE_TMUX_LOG. */
  readonly unsupported?: readonly string[];
  /** `detach-client -E`: run this instead. */
  readonly exec?: string;
}

/** What only the client can do, because paths and files are its own. */
export type ClientAsk =
  | { readonly id: number; readonly kind: "stdin" }
  | { readonly id: number; readonly kind: "read"; readonly path: string }
  | {
      readonly id: number;
      readonly kind: "write";
      readonly path: string;
      readonly append: boolean;
      readonly data: string;
    };

/** `data`: base64 of what was read. `errno`: the system's words for what went wrong. */
export interface ClientAnswer {
  readonly id: number;
  readonly data?: string;
  readonly errno?: string;
}

/** What an attached client's terminal shows now. */
export interface ClientShow {
  readonly session_id: string;
  readonly read_only: boolean;
  /** The text of the status row; null: no row. */
  readonly status: string | null;
  readonly popup: PopupShow | null;
  /** The key that begins the keys of the server: `C-b`. */
  readonly prefix: string;
  /** Another one that does; a host of an earlier build does not say. */
  readonly prefix2?: string;
  /** The pane was a session of bide's own before: its program knows nothing of tmux's keys. */
  readonly adopted?: boolean;
}

export interface PopupShow {
  readonly session_id: string;
  readonly x: number;
  readonly y: number;
  /** With its border. */
  readonly cols: number;
  readonly rows: number;
  readonly border: boolean;
  readonly title: string;
}

export function encodeWire(type: WireType, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  frame[0] = type;
  new DataView(frame.buffer).setUint32(1, payload.length, true);
  frame.set(payload, FRAME_HEADER_BYTES);
  return frame;
}

export function encodeWireJson(type: WireType, value: unknown): Uint8Array {
  return encodeWire(type, encoder.encode(JSON.stringify(value)));
}

/** Bytes of any length as as many frames as they need. */
export function encodeWireBytes(type: WireType, bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += MAX_FRAME_BYTES) {
    frames.push(encodeWire(type, bytes.subarray(at, at + MAX_FRAME_BYTES)));
  }
  return frames;
}

export function decodeWireJson<T>(payload: Uint8Array): T {
  return JSON.parse(decoder.decode(payload)) as T;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
