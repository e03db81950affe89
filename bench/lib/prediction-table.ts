import type { Sender } from './sender.ts'

const labels = ['cat', 'dog', 'fox', 'owl', 'elk']

/** A table's file such as those of predictions: numbers with all their digits, few different texts, and texts of which each is its own. */
export function predictionTable(rowCount: number, seed: number): string {
  const rows: string[] = []
  for (let i = 0; i < rowCount; i += 1) {
    const score = Math.sin(i + seed) ** 2
    const label = labels[i % labels.length]
    const guess = labels[Math.floor(score * labels.length)]
    rows.push(`[${i}, ${score}, "${label}", "${guess}", ${label === guess}, "sample ${(i * 7919) % rowCount}"]`)
  }
  return `{"columns":["id","score","label","guess","correct","name"],"data":[${rows.join(', ')}]}`
}

/** Logs a table of six columns as `predictions` of a run of its own, at step 0. */
export async function logTable(
  { announce, send, createFile }: Sender,
  server: { readonly url: string },
  table: { readonly runId: string; readonly text: string; readonly rowCount: number },
): Promise<void> {
  const { runId, text, rowCount } = table
  await announce(runId)
  const path = 'media/table/predictions.table.json'
  await fetch(new URL(await createFile(runId, path), server.url), { method: 'PUT', body: text })
  const value = { _type: 'table-file', path, nrows: rowCount, ncols: 6 }
  await send(runId, 0, [JSON.stringify({ _step: 0, predictions: value })])
}
