import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { runFoldersOf } from '../run-folders.ts'
import type { Finding } from './finding.ts'

// A run of an hour with a thousand rows a second needs about this much.
const freeBytesWanted = 500 * 2 ** 20

/** Whether runs can be written to the data folder. */
export function checkDataDirectory(dataDirectory: string): Finding {
  const existing = nearestExisting(dataDirectory)
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
  } catch {
    const hint = 'Make it writable, or name another folder with --data-dir or LOSSLINE_DATA_DIR.'
    return { subject: 'data', status: 'problem', detail: `${existing} is not writable`, hint }
  }
  const { bavail, bsize } = statfsSync(existing)
  const freeMebibytes = Math.floor((bavail * bsize) / 2 ** 20)
  const space = `${freeMebibytes.toLocaleString('en')} MiB free`
  if (bavail * bsize < freeBytesWanted) {
    const hint = 'Make room: rows that no longer fit on the disk are lost.'
    return { subject: 'data', status: 'warning', detail: `${dataDirectory}, only ${space}`, hint }
  }
  // Runs that clients sent are in the database alone, which is not opened for this.
  const count = runFoldersOf(dataDirectory).length
  const content =
    existing === dataDirectory ? `${count} ${count === 1 ? 'run folder' : 'run folders'}` : 'made by the first run'
  return { subject: 'data', status: 'ok', detail: `${dataDirectory}, ${content}, ${space}` }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}
