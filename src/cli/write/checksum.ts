// The checksums that the far side may have: SHA-256, and the CRC of POSIX `cksum` where nothing better is installed.
// Both are taken while the bytes pass by.

export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  /** As the far side's program prints it. */
  value(): string;
}

export function sha256(): RunningChecksum {
  const hasher = new Bun.CryptoHasher("sha256");
  return { update: (bytes) => void hasher.update(bytes), value: () => hasher.digest("hex") };
}

/** POSIX cksum: CRC-32 with the polynomial 0x04c11db7, most significant bit first, then the length, inverted. */
export function posixCksum(): RunningChecksum {
  let crc = 0;
  let length = 0;
  const step = (byte: number) => {
    crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ byte] ?? 0);
  };
  return {
    update: (bytes) => {
      for (const byte of bytes) step(byte);
      length += bytes.length;
    },
    value: () => {
      for (let left = length; left > 0; left = Math.floor(left / 256)) step(left % 256);
      return String(~crc >>> 0);
    },
  };
}

const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});
