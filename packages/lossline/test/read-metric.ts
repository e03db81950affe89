import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '@lossline/journal'
import { parseJson, pathOf } from '@lossline/protocol'

/** Values of a metric in the journal of the only run of a data folder, in the order of logging. */
export async function readMetric(dataDirectory: string, key: string): Promise<number[]> {
  const [folder = ''] = readdirSync(join(dataDirectory, 'runs'))
  const directory = join(dataDirectory, 'runs', folder)
  const journal = readdirSync(directory).find((name) => name.endsWith('.wandb')) ?? ''
  const { records } = await readJournal(join(directory, journal))
  const items = records.flatMap((record) => (record.kind === 'history' ? (record.history.item ?? []) : []))
  return items
    .filter((item) => pathOf(item).join('.') === key)
    .map((item) => Number(parseJson(item.valueJson ?? 'null')))
}
