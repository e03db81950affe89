import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import type { RunFolder } from '../run-folders.ts'

/**
 * Bytes of a run's journal that a server has not acknowledged, as far as the run's `sync.json` tells (its form is in
 * docs/formats).
 *
 * @param baseUrl - Without a slash at its end.
 */
export async function countUnsentBytes(run: RunFolder, baseUrl: string): Promise<number> {
  const servers = memberOf(await readJson(join(run.directory, 'sync.json')), 'servers')
  const entry = memberOf(servers, baseUrl)
  const offset = memberOf(entry, 'journalOffset')
  return Math.max(0, run.journalBytes - (typeof offset === 'number' ? offset : 0))
}

async function readJson(path: string): Promise<JsonValue | undefined> {
  try {
    return parseJson(await readFile(path, 'utf8'))
  } catch {
    // Missing or broken: nothing is known to have been sent, and sending twice does no harm.
    return undefined
  }
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined
}
