// Who is at the other end of an accepted Unix socket: asked of the kernel through bun:ffi, because neither Node nor Bun
// tells. Called by host and worker for every connection before a byte of it is read. The private directories keep
// strangers out already; this guards what is left when somebody opens those by mistake (faults S3). Loading takes 0.2 ms.

import { dlopen, FFIType } from "bun:ffi";
import { ourUid } from "../base/file-kind.ts";

/** Answers the effective user id that the peer had when it connected, or undefined when the system does not tell. */
type PeerUid = (fd: number) => number | undefined;

const { i32, ptr } = FFIType;
/** SOL_SOCKET and SO_PEERCRED of Linux on x86-64 and arm64; the answer is struct ucred: pid, uid, gid. */
const LINUX_SOCKET_LEVEL = 1;
const LINUX_PEER_CREDENTIALS = 17;

let peerUid: PeerUid | undefined;

/** True when another user, who is not root, is at the other end. False also where the system does not tell. */
export function isStranger(socket: object): boolean {
  // Bun's accepted sockets have their descriptor (1.4.5, measured), which its types do not say.
  const { fd } = socket as { fd?: unknown };
  if (typeof fd !== "number" || fd < 0) return false;
  peerUid ??= load();
  const uid = peerUid(fd);
  return uid !== undefined && uid !== ourUid() && uid !== 0;
}

function load(): PeerUid {
  try {
    return process.platform === "darwin" ? onDarwin() : onLinux();
  } catch {
    return () => undefined;
  }
}

function onLinux(): PeerUid {
  const { symbols } = dlopen("libc.so.6", { getsockopt: { args: [i32, i32, i32, ptr, ptr], returns: i32 } });
  return (fd) => {
    const credentials = new Uint32Array(3);
    const size = Uint32Array.of(credentials.byteLength);
    const outcome = symbols.getsockopt(fd, LINUX_SOCKET_LEVEL, LINUX_PEER_CREDENTIALS, credentials, size);
    return outcome === 0 ? credentials[1] : undefined;
  };
}

/** Untested: no macOS machine at hand. */
function onDarwin(): PeerUid {
  const { symbols } = dlopen("libSystem.B.dylib", { getpeereid: { args: [i32, ptr, ptr], returns: i32 } });
  return (fd) => {
    const uid = new Uint32Array(1);
    return symbols.getpeereid(fd, uid, new Uint32Array(1)) === 0 ? uid[0] : undefined;
  };
}
