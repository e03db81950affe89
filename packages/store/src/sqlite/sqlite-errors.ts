import { StoreError, type StoreErrorCode } from '../errors.ts'

// Primary result codes: https://www.sqlite.org/rescode.html
const codes: { readonly [resultCode: number]: StoreErrorCode } = {
  3: 'unavailable', // SQLITE_PERM
  5: 'locked', // SQLITE_BUSY
  6: 'locked', // SQLITE_LOCKED
  8: 'unavailable', // SQLITE_READONLY
  10: 'unavailable', // SQLITE_IOERR
  11: 'corrupt', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  14: 'unavailable', // SQLITE_CANTOPEN
  19: 'conflict', // SQLITE_CONSTRAINT
  26: 'corrupt', // SQLITE_NOTADB
}

const hints: { readonly [C in StoreErrorCode]?: string } = {
  locked: 'Stop the other process that uses this database, or open a store in another folder.',
  full: 'Free some disk space; what was acknowledged before is safe and writing goes on by itself afterwards.',
  corrupt: 'Move the database away and restore a backup, or rebuild it from the run folders.',
  unavailable: 'Check that the folder exists, that this user may write there and that the disk works.',
}

/** Turns what `node:sqlite` throws into a {@link StoreError}; anything else comes back as it is. */
export function toStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  const code = codes[Number(error.errcode) & 0xff]
  if (code === undefined) return error
  const hint = hints[code]
  return new StoreError({ code, message: `Database "${path}": ${error.message}.`, cause: error, ...(hint && { hint }) })
}

/** For data of ours that does not decode. */
export function corruptError(what: string, cause: unknown): StoreError {
  return new StoreError({ code: 'corrupt', message: `Cannot read ${what}.`, cause, hint: hints.corrupt! })
}
