import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { createFramer, createScanner, decodeRecord, encodeRecord, type WandbRecord } from '@lossline/protocol'
import { fixtureUrl, type TemporaryDirectory } from '@lossline/testing'

/**
 * Copies a run folder that W&B's own client wrote, and its staged files. The journal names these by where they were on the
 * machine that wrote it; here it names the copies.
 *
 * @returns the copied run folder.
 */
export async function copyGoldenRun(directory: TemporaryDirectory, golden: string): Promise<string> {
  const source = fileURLToPath(fixtureUrl(`wandb-runs/${golden}/`))
  const target = directory.join(golden)
  await cp(source, target, { recursive: true })
  const names = await readdir(target)
  const folder = names.find((name) => name.startsWith('offline-run-')) ?? ''
  const journal = join(target, folder, `run-${folder.split('-').at(-1)}.wandb`)
  if (names.includes('staging')) {
    const staging = join(target, 'staging')
    await rewriteJournal(journal, (record) => withStagedFiles(record, staging))
  }
  if ((await readdir(join(target, folder))).includes(`${basename(journal)}.gz`)) {
    await writeFile(journal, gunzipSync(await readFile(`${journal}.gz`)))
    await rm(`${journal}.gz`)
  }
  return join(target, folder)
}

/** Changes records of a journal that ends where its last record does, or within one. */
export async function rewriteJournal(journal: string, change: (record: WandbRecord) => WandbRecord): Promise<void> {
  const framer = createFramer()
  for (const event of createScanner().push(await readFile(journal))) {
    if (event.kind !== 'record') throw new Error(`${journal} is damaged.`)
    framer.append(encodeRecord(change(decodeRecord(event.payload))))
  }
  await writeFile(journal, framer.bytes())
}

function withStagedFiles(record: WandbRecord, staging: string): WandbRecord {
  if (record.kind !== 'artifact' || record.artifact.manifest?.contents === undefined) return record
  const contents = record.artifact.manifest.contents.map((entry) =>
    entry.localPath ? { ...entry, localPath: join(staging, basename(entry.localPath)) } : entry,
  )
  return { ...record, artifact: { ...record.artifact, manifest: { ...record.artifact.manifest, contents } } }
}
