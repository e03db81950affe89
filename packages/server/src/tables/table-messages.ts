import type { TableErrorReason } from '../domain/tables/table-error.ts'
import type { TableAnswer, TableRequest } from '../domain/tables/table-request.ts'

/** What the thread that asks says to the thread that answers. */
export type ToTableThread =
  /** `flag`: one integer of shared memory, set to 1 when nobody waits for the answer any more. */
  | { readonly kind: 'ask'; readonly id: number; readonly request: TableRequest; readonly flag: Int32Array }
  /** The flag of a request was set. */
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'chunk'; readonly reading: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly reading: number }
  | { readonly kind: 'fail'; readonly reading: number; readonly failure: PlainTableError }
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array | undefined }

/** What the thread that answers says. */
export type FromTableThread =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: TableAnswer<TableRequest> }
  | { readonly kind: 'refuse'; readonly id: number; readonly failure: PlainTableError }
  /** The content of a file is needed. `reading`: a number that no other reading has, be it of the same file. */
  | { readonly kind: 'open'; readonly file: string; readonly reading: number }
  /** A piece of it was read. */
  | { readonly kind: 'more'; readonly reading: number }
  /** The rest of it is of no use. */
  | { readonly kind: 'stop'; readonly reading: number }
  /** Nothing more of it is needed, nor of the files beside it. */
  | { readonly kind: 'close'; readonly reading: number }
  /** Another file of the version of a file is needed; null: the copy of the table that a run has. */
  | { readonly kind: 'read'; readonly id: number; readonly file: string; readonly path: string | null }

/** A {@link TableError} without its class; `internal` for every other error. */
export interface PlainTableError {
  readonly reason: TableErrorReason | 'internal'
  readonly message: string
  readonly hint: string | undefined
}
