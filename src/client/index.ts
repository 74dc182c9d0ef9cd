// The public library: `import { connect } from "bide"`. The same client that every command uses. Runs on Bun
// and on Node 20 or later.

export { BideError, type ErrorCode } from "../base/errors.ts";
export type { HostInfo, HostMethod, HostParams, HostResult, ProcessInfo, Selector } from "../protocol/host-messages.ts";
export type { AgentState, Session, SessionState, StartOptions } from "../protocol/session.ts";
export type {
  Attach,
  InputItem,
  JournalEvent,
  TerminalSize,
  WorkerEvent,
  WorkerMethod,
  WorkerParams,
  WorkerResult,
} from "../protocol/worker-messages.ts";
export { type AttachEnd, type AttachHandlers, Attachment } from "./attachment.ts";
export { Bide, type ConnectOptions, connect, type HostHello } from "./bide.ts";
export { SessionConnection } from "./session-connection.ts";
export type { WaitCondition, WaitOptions, WaitOutcome } from "./wait/condition.ts";
