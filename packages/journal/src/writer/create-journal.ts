import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRecord } from '@lossline/protocol'
import { JournalError } from '../errors.ts'
import { createJournalFile } from '../file/journal-file.ts'
import type { OpenRunWriterOptions } from './run-writer.ts'

/** A journal that holds its header and its run record. */
export interface CreatedJournal {
  readonly path: string
  readonly fileDescriptor: number
  readonly fileBytes: number
  readonly recordCount: number
}

/**
 * Creates the run directory and its journal.
 *
 * @throws {@link JournalError} `journal-exists`, `journal-not-writable`.
 */
export function createJournal(options: OpenRunWriterOptions): CreatedJournal {
  const { runDirectory, run, producer } = options
  const path = join(runDirectory, `run-${run.runId}.wandb`)
  const fileDescriptor = openExclusively(runDirectory, path)
  let trouble: string | undefined
  const file = createJournalFile({
    path,
    fileDescriptor,
    fileBytes: 0,
    syncIntervalMs: 0,
    onTrouble: ({ message }) => {
      trouble = message
    },
  })
  // The oldest server that understands the records; W&B's client writes the same.
  const versionInfo = { producer, minConsumer: '0.70.0' }
  const records = [
    encodeRecord({ num: 1, kind: 'header', header: { versionInfo } }),
    encodeRecord({ num: 2, kind: 'run', run }),
  ]
  for (const record of records) file.append(record, record.length, false)
  if (!file.write(0)) {
    closeSync(fileDescriptor)
    throw new JournalError({ code: 'journal-not-writable', message: trouble ?? `${path} cannot be written.` })
  }
  return { path, fileDescriptor, fileBytes: file.writtenBytes, recordCount: records.length }
}

function openExclusively(runDirectory: string, path: string): number {
  try {
    mkdirSync(runDirectory, { recursive: true })
    return openSync(path, 'wx+')
  } catch (cause) {
    const isExisting = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    if (isExisting) {
      throw new JournalError({
        code: 'journal-exists',
        message: `${path} is there already.`,
        hint: 'Each process that logs writes a folder of its own; take another folder for this one.',
        cause,
      })
    }
    throw new JournalError({
      code: 'journal-not-writable',
      message: `${path} cannot be created.`,
      hint: 'Check that the folder exists, is writable, and has room.',
      cause,
    })
  }
}
