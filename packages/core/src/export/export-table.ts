import { type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'
import { createColumnKinds } from './column-kinds.ts'
import type { FlatRow } from './flatten-row.ts'
import { createPartBuffer } from './part-buffer.ts'
import { createTableEncoder, type ExportFormat } from './table-encoder.ts'

/** Where lines wait until all columns are known, so that memory does not grow with their number. */
export interface LineSpool {
  append(line: string): Promise<void>
  lines(): AsyncIterable<string>
  close(): Promise<void>
}

/** What an export takes from where it runs. */
export interface ExportPlatform {
  openSpool(): Promise<LineSpool>
}

/** What was written. */
export interface ExportReport {
  readonly format: ExportFormat
  readonly rowCount: number
  /** Names of the columns in their order. */
  readonly columns: readonly string[]
  /** Bytes of the file. */
  readonly sizeBytes: number
}

/** A table on its way to a file. */
export interface ExportTableOptions {
  readonly format: ExportFormat
  readonly rows: AsyncIterable<FlatRow>
  /** Columns that come first, in this order. The others follow, sorted. */
  readonly firstColumns: readonly string[]
  write(part: Uint8Array): Promise<void>
  readonly signal?: AbortSignal | undefined
}

/** Reads the rows once, learns their columns, and writes them. Memory holds a part of the rows at any time. */
export async function exportTable(platform: ExportPlatform, options: ExportTableOptions): Promise<ExportReport> {
  const { format, rows, firstColumns, write, signal } = options
  const kinds = createColumnKinds(firstColumns)
  const spool = await platform.openSpool()
  try {
    let rowCount = 0
    for await (const row of rows) {
      signal?.throwIfAborted()
      kinds.note(row)
      await spool.append(stringifyJson(Object.fromEntries(row)))
      rowCount += 1
    }

    const columns = kinds.columns()
    const encoder = await createTableEncoder(format, columns)
    const parts = createPartBuffer(write)
    for await (const line of spool.lines()) {
      signal?.throwIfAborted()
      // Written just above.
      const row = parseJson(line) as Readonly<Record<string, JsonValue>>
      await parts.add(encoder.add(new Map(Object.entries(row))))
    }
    await parts.add(encoder.end())
    await parts.flush()
    return { format, rowCount, columns: columns.map(({ name }) => name), sizeBytes: parts.sizeBytes }
  } finally {
    await spool.close()
  }
}
