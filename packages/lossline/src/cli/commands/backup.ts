import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { withAdmin } from '../admin/ask-admin.ts'
import { toByteText } from '../byte-text.ts'
import { existingDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { CliError } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline backup`. */
export interface BackupArgs {
  /** The archive that is made. */
  readonly file: string
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  /** Replace a file that is there. */
  readonly force?: boolean
  readonly json?: boolean
}

/**
 * Writes a backup of a data folder, whether its server is up or not. The file gets its name when it is complete.
 *
 * @throws CliError `backup-failed`, `data-folder-missing`.
 */
export async function backup(args: BackupArgs, effects: Effects): Promise<number> {
  const dataDirectory = existingDataDirectory(args.dataDir)
  const file = resolve(args.file)
  const inside = relative(dataDirectory, file)
  if (!inside.startsWith('..') && inside !== '') throw refused(`${file} is in the data folder itself.`)
  if (existsSync(file) && args.force !== true) throw refused(`${file} is there already.`)
  const temporaryFile = `${file}.${process.pid}.tmp`
  // Before the server copies its database for nothing.
  const handle = await openOrRefuse(temporaryFile)
  try {
    const { sizeBytes, sha256 } = await withAdmin(dataDirectory, async (admin) =>
      save(await admin.open('GET', '/backup'), handle, effects),
    )
    await rename(temporaryFile, file)
    await syncFolder(dirname(file))
    if (args.json === true) effects.print(JSON.stringify({ file, sizeBytes, sha256, dataDirectory }))
    else effects.print(`${file} holds ${dataDirectory} (${toByteText(sizeBytes)}, SHA-256 ${sha256}).`)
    return exitCodes.success
  } finally {
    effects.showProgress(undefined)
    // Closed already, if it was written to; Windows removes no open file.
    await handle.close()
    await rm(temporaryFile, { force: true })
  }
}

/** @throws CliError `backup-failed` that names the folder. */
function openOrRefuse(file: string): Promise<FileHandle> {
  // Keys are in it only as digests, but so is everything that was logged.
  return open(file, 'w', 0o600).catch((cause: NodeJS.ErrnoException) => {
    const folder = dirname(file)
    throw new CliError({
      code: 'backup-failed',
      message:
        cause.code === 'ENOENT'
          ? `There is no folder ${folder}.`
          : `The folder ${folder} cannot be written to (${cause.code}).`,
      hint: 'Name a file in a folder that is there and may be written to.',
      cause,
    })
  })
}

async function save(
  parts: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  effects: Effects,
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  try {
    for await (const part of parts) {
      effects.stop.throwIfAborted()
      hash.update(part)
      await handle.appendFile(part)
      sizeBytes += part.length
      effects.showProgress(`backup: ${toByteText(sizeBytes)}`)
    }
    await handle.sync()
  } catch (cause) {
    if (effects.stop.aborted) throw cause
    throw new CliError({
      code: 'backup-failed',
      message: `The backup broke off after ${toByteText(sizeBytes)}: ${cause instanceof Error ? cause.message : cause}.`,
      hint: 'Make it again; the log of the server says more if it was the server.',
      cause,
    })
  } finally {
    await handle.close()
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function refused(message: string): CliError {
  return new CliError({ code: 'backup-failed', message, hint: 'Name another file; --force replaces one.' })
}
