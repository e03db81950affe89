/** Sends runs to a server over HTTP, as W&B's client does, and asks it by GraphQL. All in the project `local/bench`. */
export interface Sender {
  /** @returns the answer's text. */
  announce(runId: string): Promise<string>
  /** History lines from `offset` on; `rest` goes into the same request. Answered once they are on disk. */
  send(runId: string, offset: number, lines: readonly string[], rest?: object): Promise<string>
  /** @returns where the bytes of a file go. */
  createFile(runId: string, name: string): Promise<string>
  /** Fields of one run. */
  ask(runId: string, fields: string): Promise<string>
}

export function createSender(url: string): Sender {
  const post = async (path: string, body: unknown): Promise<string> => {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    return text
  }
  return {
    announce: (runId) =>
      post('/graphql', {
        query: 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }',
        variables: { input: { name: runId, modelName: 'bench' } },
      }),
    send: (runId, offset, lines, rest = {}) =>
      post(`/files/local/bench/${runId}/file_stream`, {
        files: { 'wandb-history.jsonl': { offset, content: lines } },
        ...rest,
      }),
    async createFile(runId, name) {
      const answer = await post('/graphql', {
        query: 'mutation ($input: RunFilesInput!) { createRunFiles(input: $input) { files { uploadUrl } } }',
        variables: { input: { entityName: 'local', projectName: 'bench', runName: runId, files: [name] } },
      })
      const { data } = JSON.parse(answer) as { data: { createRunFiles: { files: [{ uploadUrl: string }] } } }
      return data.createRunFiles.files[0].uploadUrl
    },
    ask: (runId, fields) =>
      post('/graphql', {
        query: `{ project(name: "bench", entityName: "local") { run(name: "${runId}") { ${fields} } } }`,
      }),
  }
}

/** History lines as W&B's client writes them: metrics, and its own three keys. */
export function historyLines(fromStep: number, rowCount: number, keyCount = 10): string[] {
  return Array.from({ length: rowCount }, (_, i) => {
    const step = fromStep + i
    const row: Record<string, number> = {}
    for (let k = 0; k < keyCount; k++) row[`train/metric_${k}`] = Math.sin(step / 100 + k) + Math.random() * 0.1
    return JSON.stringify({ ...row, _step: step, _runtime: step * 0.01, _timestamp: 1_767_225_600 + step * 0.01 })
  })
}
