// Space kept for the one record that must not be lost on a full disk: how a session ended. While a session lives, a file
// `<record>.reserve` of zeros lies beside its record; when the disk is full that file becomes the new record. Called by
// the worker for meta.json. Where a file system gives overwritten blocks no space of their own, giving the reserve up does.

import { closeSync, fsyncSync, ftruncateSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { fileFailure } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";
import { type ReplaceOptions, replaceFile, syncDirectory } from "./atomic-file.ts";
import { openPrivateFile } from "./private-file.ts";

/** Makes the reserve of a record this large. False: there is no space for it (any more). */
export function reserveSpace(path: string, bytes: number): boolean {
  const opened = openPrivateFile(reserveOf(path), "write");
  if (!opened.ok) return false;
  try {
    writeAll(opened.value, new Uint8Array(bytes));
    return true;
  } catch {
    return false;
  } finally {
    closeSync(opened.value);
  }
}

/** Removes the reserve of a record, if there is one. */
export function releaseSpace(path: string): void {
  rmSync(reserveOf(path), { force: true });
}

/** As replaceFile; on a full disk the reserve is used up for it. */
export function replaceWithReserve(path: string, bytes: Uint8Array, options: ReplaceOptions = {}): Result<undefined> {
  const replaced = replaceFile(path, bytes, options);
  if (replaced.ok || replaced.code !== "disk_full") return replaced;
  if (becomeRecord(path, bytes).ok) return ok();
  releaseSpace(path);
  return replaceFile(path, bytes, options);
}

function becomeRecord(path: string, bytes: Uint8Array): Result<undefined> {
  const reserve = reserveOf(path);
  try {
    // Where there is no reserve this makes an empty file, and the write says that there is no space.
    const opened = openPrivateFile(reserve, "write");
    if (!opened.ok) return opened;
    try {
      writeAll(opened.value, bytes);
      ftruncateSync(opened.value, bytes.length);
      fsyncSync(opened.value);
    } finally {
      closeSync(opened.value);
    }
    renameSync(reserve, path);
    syncDirectory(dirname(path));
    return ok();
  } catch (error) {
    return fileFailure(`write ${path}`, error);
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at);
}

function reserveOf(path: string): string {
  return `${path}.reserve`;
}
