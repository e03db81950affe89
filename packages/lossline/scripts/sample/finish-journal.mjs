// Puts into a journal what a build does not have: the machine, and its readings. Takes out what is of the building machine.
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { readJournal } from '@lossline/journal'
import { createFramer, encodeRecord } from '@lossline/protocol'
import { machineOf, toEnvironment, toSystemRecords } from './machine.mjs'

/** Programs that made the runs. */
const programs = { prepare: 'prepare.mjs', train: 'train.mjs', evaluate: 'evaluate.mjs' }

/** @param run - What `logRun` returns. */
export async function finishJournal(run, journalPath) {
  const { records } = await readJournal(journalPath)
  const system = toSystemRecords({
    ...{ fromMs: run.startedAtMs, toMs: run.endedAtMs, seed: run.index, isBusy: run.jobType === 'train' },
  })
  const framer = createFramer({ crc32 })
  let count = 0
  const append = (record) => {
    count += 1
    framer.append(encodeRecord({ ...record, num: count }))
  }
  for (const record of records) {
    const atMs = timeOf(record)
    while (atMs !== undefined && system.length > 0 && system[0].atMs < atMs) {
      append({ kind: 'stats', stats: system.shift().stats })
    }
    if (run.end === 'crashed' && ['exit', 'final', 'footer'].includes(record.kind)) continue
    append(adapt(record, run))
  }
  await writeFile(journalPath, framer.bytes())
  return readFile(journalPath)
}

function timeOf(record) {
  if (record.kind === 'exit') return Number.POSITIVE_INFINITY
  if (record.kind !== 'history') return undefined
  const item = record.history.item.find(({ key }) => key === '_timestamp')
  return item && Number(item.valueJson) * 1000
}

function adapt(record, run) {
  if (record.kind === 'environment') {
    const machine = machineOf(run.index)
    return { ...record, environment: { ...record.environment, ...toEnvironment(machine, programs[run.jobType]) } }
  }
  if (record.kind === 'run') return { ...record, run: { ...record.run, host: machineOf(run.index).host } }
  const { manifest } = record.artifact ?? {}
  if (manifest === undefined) return record
  // Only the names of staged contents say where these are: the folder is another one wherever the sample is loaded.
  const contents = manifest.contents.map((entry) =>
    entry.localPath ? { ...entry, localPath: `staged/${basename(entry.localPath)}` } : entry,
  )
  return { ...record, artifact: { ...record.artifact, manifest: { ...manifest, contents } } }
}
