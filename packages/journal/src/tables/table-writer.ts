import { resolve } from 'node:path'
import {
  type JsonObject,
  sanitizeArtifactName,
  toMediaPath,
  toRunTableText,
  toSafeKey,
  type WandbRecordBody,
} from '@lossline/protocol'
import { dataDirectoryOf } from '../artifacts/content-paths.ts'
import { keepFileSync } from '../artifacts/keep-file.ts'
import { stageBlobSync, stageBytesSync } from '../artifacts/staged-files.ts'
import { stageText, type TextFileEffects, writeRunText } from '../artifacts/text-files.ts'
import { type ArtifactMediaFile, encodeMediaCell } from '../media/encode-for-artifact.ts'
import { encodeTable } from '../media/encode-table.ts'
import type { TablePlace, TableWriter } from '../media/table-json.ts'
import type { TableSnapshot } from '../media/table-snapshot.ts'
import { type ArtifactEntries, createArtifactEntries, type RunIdentity } from './artifact-entries.ts'
import { tablesOfRecord } from './replay-tables.ts'

/** What {@link createTableWriter} needs. */
export interface CreateTableWriterOptions extends TextFileEffects {
  readonly runDirectory: string
  readonly run: RunIdentity
}

/** Makes the writer of a run's tables. */
export function createTableWriter(options: CreateTableWriterOptions): TableWriter {
  const { runDirectory, run } = options
  const hasStrictNames = process.platform === 'win32'
  // What may be said again, by client id: one version of each table.
  const written = new Map<string, JsonObject>()

  function stageFile({ path, bytes }: ArtifactMediaFile, entries: ArtifactEntries): void {
    options.onWork()
    if (entries.has(path)) return
    if (bytes instanceof Uint8Array) entries.addFile(path, stageBytesSync(runDirectory, bytes, options.onWork))
    else if ('reference' in bytes) entries.addReference(path, bytes.reference)
    else {
      const dataDirectory = dataDirectoryOf(resolve(runDirectory))
      const kept = keepFileSync({ path: bytes.sourcePath, dataDirectory, policy: 'mutable', onWork: options.onWork })
      entries.addFile(path, { ...kept, localPath: stageBlobSync({ runDirectory, dataDirectory, ...kept }) })
    }
  }

  function writeArtifact(snapshot: TableSnapshot, entryPath: string, key: string): WandbRecordBody {
    const { increment, clientId, sequenceClientId } = snapshot
    const entries = createArtifactEntries()
    const pieces = encodeTable(snapshot, {
      encodeCell: encodeMediaCell,
      addFile: (file) => stageFile(file, entries),
      onWork: options.onWork,
    })
    entries.addFile(entryPath, stageText(runDirectory, pieces, options))
    const prefix = increment === undefined ? '' : 'incr-'
    return entries.toRecord({
      run,
      type: increment === undefined ? 'run_table' : 'wandb-run-incremental-table',
      name: sanitizeArtifactName(`run-${run.runId}-${prefix}${key}`),
      clientId,
      sequenceClientId,
      isIncremental: increment !== undefined,
    })
  }

  function writeRunCopy({ columns, rowCount }: TableSnapshot, { key, step }: TablePlace) {
    const toPath = (sha256: string) =>
      toMediaPath({ folder: 'table', key, place: String(step), sha256, extension: '.table.json' }, hasStrictNames)
    const file = writeRunText(
      runDirectory,
      toRunTableText(columns, rowCount),
      (sha256) => `files/${toPath(sha256)}`,
      options,
    )
    return { path: toPath(file.sha256Hex), sha256: file.sha256Hex, size: file.sizeBytes }
  }

  return {
    replay(record) {
      for (const [clientId, value] of tablesOfRecord(record)) written.set(clientId, value)
    },
    write(snapshot, place) {
      if (snapshot.kind === 'table-repeat') {
        const value = written.get(snapshot.clientId)
        if (value === undefined) throw new Error('The table was logged before, but could not be written then.')
        return { value, records: [] }
      }
      const { logMode, columns, totalRowCount, increment, clientId, sequenceClientId } = snapshot
      const entryPath = increment?.entryName ?? toEntryPath(place.key)
      const artifact = writeArtifact(snapshot, entryPath, place.key)
      const { path, sha256, size } = writeRunCopy(snapshot, place)
      const value = {
        _type: increment === undefined ? 'table-file' : 'incremental-table-file',
        sha256,
        size,
        artifact_path: `wandb-client-artifact://${clientId}/${entryPath}`,
        _latest_artifact_path: `wandb-client-artifact://${sequenceClientId}:latest/${entryPath}`,
        path,
        ...(increment === undefined
          ? {}
          : { increment_num: increment.number, previous_increments_paths: [...increment.previousPaths] }),
        ncols: columns.length,
        nrows: totalRowCount,
        log_mode: logMode,
      }
      if (snapshot.supersededClientId !== undefined) written.delete(snapshot.supersededClientId)
      written.set(clientId, value)
      return { value, records: [artifact, { kind: 'files', files: { files: [{ path }] } }] }
    },
  }
}

/** Path of a table's file in its artifact. */
function toEntryPath(key: string): string {
  return key.endsWith('table.json') ? toSafeKey(key) : `${toSafeKey(key)}.table.json`
}
