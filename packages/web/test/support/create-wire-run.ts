/** A run that is sent as W&B's clients send it. */
export interface WireRun {
  /** Rows in the order of their steps, one a second. */
  log(rows: readonly Readonly<Record<string, number>>[]): Promise<void>
  print(lines: readonly string[]): Promise<void>
  finish(): Promise<void>
}

/** Creates a run over HTTP: GraphQL once, then history lines. @param config - What it was given. */
export async function createWireRun(
  serverUrl: string,
  at: { readonly project: string; readonly runId: string; readonly displayName: string },
  config: Readonly<Record<string, unknown>>,
): Promise<WireRun> {
  let lineCount = 0
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(serverUrl + path, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  const wireConfig = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]))
  await post('/graphql', {
    query: 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }',
    variables: {
      input: {
        name: at.runId,
        modelName: at.project,
        displayName: at.displayName,
        config: JSON.stringify(wireConfig),
      },
    },
  })
  const stream = `/files/local/${at.project}/${at.runId}/file_stream`
  return {
    async log(rows) {
      const content = rows.map((row, i) =>
        JSON.stringify({ ...row, _step: lineCount + i, _runtime: lineCount + i, _timestamp: 1.7e9 + lineCount + i }),
      )
      // W&B's clients send the last value of each metric beside the lines.
      const summary = [JSON.stringify(rows.at(-1) ?? {})]
      await post(stream, {
        files: {
          'wandb-history.jsonl': { offset: lineCount, content },
          'wandb-summary.json': { offset: 0, content: summary },
        },
      })
      lineCount += rows.length
    },
    print: (lines) => post(stream, { files: { 'output.log': { offset: 0, content: lines } } }),
    finish: () => post(stream, { complete: true, exitcode: 0 }),
  }
}
