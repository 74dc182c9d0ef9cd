// Who is at the other end of an accepted Unix socket: asked of the kernel through bun:ffi, because neither Node nor Bun
// tells. Called by host and worker for every connection before a byte of it is read. The private directories keep
// strangers out already; this guards what is left when somebody opens those by mistake (faults S3). Loading takes 0.2 ms.

import { dlopen, FFIType } from "bun:ffi";
import { ourUid } from "../base/file-kind.ts";

/** As it was when it connected. */
interface Peer {
  /** Effective user id. */
  readonly uid: number;
  /** 0: not told, or of another container. */
  readonly pid: number;
}

/** Undefined when the system does not tell. */
type PeerOf = (fd: number) => Peer | undefined;

const { i32, ptr } = FFIType;
/** SOL_SOCKET and SO_PEERCRED of Linux on x86-64 and arm64; the answer is struct ucred: pid, uid, gid. */
const LINUX_SOCKET_LEVEL = 1;
const LINUX_PEER_CREDENTIALS = 17;

let peerOf: PeerOf | undefined;

/** True when another user, who is not root, is at the other end. False also where the system does not tell. */
export function isStranger(socket: object): boolean {
  const uid = peer(socket)?.uid;
  return uid !== undefined && uid !== ourUid() && uid !== 0;
}

/** The process at the other end; 0 where the system does not tell. */
export function peerPid(socket: object): number {
  return peer(socket)?.pid ?? 0;
}

function peer(socket: object): Peer | undefined {
  // Bun's accepted sockets have their descriptor (1.4.5, measured), which its types do not say.
  const { fd } = socket as { fd?: unknown };
  if (typeof fd !== "number" || fd < 0) return undefined;
  peerOf ??= load();
  return peerOf(fd);
}

function load(): PeerOf {
  try {
    return process.platform === "darwin" ? onDarwin() : onLinux();
  } catch {
    return () => undefined;
  }
}

function onLinux(): PeerOf {
  const { symbols } = dlopen("libc.so.6", { getsockopt: { args: [i32, i32, i32, ptr, ptr], returns: i32 } });
  return (fd) => {
    const credentials = new Uint32Array(3);
    const size = Uint32Array.of(credentials.byteLength);
    const outcome = symbols.getsockopt(fd, LINUX_SOCKET_LEVEL, LINUX_PEER_CREDENTIALS, credentials, size);
    const [pid = 0, uid] = credentials;
    return outcome === 0 && uid !== undefined ? { pid, uid } : undefined;
  };
}

/** Untested: no macOS machine at hand. */
function onDarwin(): PeerOf {
  const { symbols } = dlopen("libSystem.B.dylib", { getpeereid: { args: [i32, ptr, ptr], returns: i32 } });
  return (fd) => {
    const ids = new Uint32Array(1);
    const outcome = symbols.getpeereid(fd, ids, new Uint32Array(1));
    const [uid] = ids;
    return outcome === 0 && uid !== undefined ? { pid: 0, uid } : undefined;
  };
}
