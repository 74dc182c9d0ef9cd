// Numbers that both ends of a socket rely on. Frozen: a test pins them, because an older worker keeps the
// ones it was started with.

/** Version of the wire protocol. Raised only when an older peer could misread a message. */
export const PROTOCOL_VERSION = 1;

/** Largest payload of one frame on a session socket, checked before anything is allocated. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;

/** Largest line on the host socket. A start request carries the caller's whole environment (ARG_MAX is 2 MiB). */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Bytes that may wait for one attached client before it counts as behind and gets a snapshot instead. */
export const MAX_CLIENT_QUEUE_BYTES = 1024 * 1024;

/** Most bytes one `log.read` returns. */
export const MAX_READ_BYTES = 1024 * 1024;

/** Longest text of one command for a shell, in UTF-16 units: it travels in one frame. */
export const MAX_COMMAND_LENGTH = 1024 * 1024;

/** Longest grace or timeout in milliseconds (24.8 days): what a timer of 31 bits can hold. */
export const MAX_WAIT_MS = 2 ** 31 - 1;

/** Rows and columns: what `resize` accepts and what a terminal's report is clamped to. */
export const MAX_CELLS = 1000;

/** UTF-16 units that one `session.print` shows. */
export const MAX_PRINT = 64 * 1024;

export const MAX_NAME_BYTES = 128;
export const MAX_ROLE_CHARACTERS = 64;
export const MAX_LABELS = 64;
export const MAX_LABEL_BYTES = 256;
