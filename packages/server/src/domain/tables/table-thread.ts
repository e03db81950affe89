import type { TableAnswer, TableRequest } from './table-request.ts'

/** The content of a file, for when the thread has not read it yet. */
export interface TableFileSource {
  /** Undefined: it is gone. */
  readonly open: () => Promise<ReadableStream<Uint8Array> | undefined>
  /** Another file of the same version, whose memory goes to the thread; undefined where there is none. */
  readonly readBeside: (path: string) => Promise<Uint8Array | undefined>
  /** The copy of the table among the files of the run that logged it, with its first rows; undefined where there is none. */
  readonly readCopy: () => Promise<Uint8Array | undefined>
}

/** A thread that reads tables and answers questions about them, so that others are answered meanwhile. */
export interface TableThread {
  /**
   * @param files - Sources of all files of the table, by their ids.
   * @throws {@link TableError}
   */
  ask<Request extends TableRequest>(
    request: Request,
    files: ReadonlyMap<string, TableFileSource>,
    signal?: AbortSignal,
  ): Promise<TableAnswer<Request>>
  close(): Promise<void>
}
