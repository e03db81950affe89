// Memory of `lossline serve`: idle, while it takes in a long history and many clients, while it answers and sends large files.
import { openTemporaryDirectory } from '@lossline/testing'
import { type Finding, report } from './lib/report.ts'
import { createSender, historyLines } from './lib/sender.ts'
import { readMemory, spawnServer } from './lib/spawned-server.ts'

const rowCount = 1_000_000
const rowsPerRequest = 10_000
const clientCount = 1_000
const pageCount = 200
const fileBytes = 512 * 2 ** 20

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await spawnServer(directory.path)
const sender = createSender(server.url)
const findings: Finding[] = []

/** Notes the highest memory so far: each line shows what the work before it added. */
async function note(what: string, work: () => Promise<void>): Promise<void> {
  await work()
  const { residentMiB, highestMiB } = readMemory(server.pid)
  findings.push({
    what,
    value: highestMiB,
    text: `${highestMiB.toFixed(0)} MiB at most so far, ${residentMiB.toFixed(0)} MiB after it`,
  })
}

try {
  await note('idle', async () => {})

  await note(`${rowCount.toLocaleString('en')} rows × 10 of one run`, async () => {
    await sender.announce('big')
    for (let offset = 0; offset < rowCount; offset += rowsPerRequest) {
      await sender.send('big', offset, historyLines(offset, rowsPerRequest))
    }
  })

  await note(`${clientCount.toLocaleString('en')} clients at once, 100 rows × 10 each`, async () => {
    const client = async (_: unknown, index: number): Promise<void> => {
      const runId = `client-${index}`
      await sender.announce(runId)
      for (let offset = 0; offset < 100; offset += 20) await sender.send(runId, offset, historyLines(offset, 20))
    }
    await Promise.all(Array.from({ length: clientCount }, client))
  })

  await note('the long history read in pages of 1,000 rows, and 500 samples of it', async () => {
    await sender.ask('big', 'history(samples: 500)')
    for (let from = 0; from < rowCount; from += 1000) {
      await sender.ask('big', `history(minStep: ${from}, maxStep: ${from + 1000}, samples: 1000)`)
    }
  })

  await note(`${pageCount} pages that follow the project while rows come`, async () => {
    const leave = new AbortController()
    const pages = Array.from({ length: pageCount }, async () => {
      const response = await fetch(`${server.url}/api/events?entity=local&project=bench`, { signal: leave.signal })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      for await (const _ of response.body!) if (leave.signal.aborted) return
    })
    const gone = Promise.allSettled(pages)
    await sender.announce('followed')
    for (let offset = 0; offset < 20_000; offset += 1000)
      await sender.send('followed', offset, historyLines(offset, 1000))
    leave.abort()
    const failed = (await gone).find((page) => page.status === 'rejected' && page.reason.name !== 'AbortError')
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason
  })

  await note(`a file of ${fileBytes / 2 ** 20} MiB, sent and fetched`, async () => {
    const url = await sender.createFile('big', 'large.bin')
    const piece = new Uint8Array(2 ** 20)
    let sentBytes = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(piece)
        sentBytes += piece.length
        if (sentBytes === fileBytes) controller.close()
      },
    })
    const put = await fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)
    if (!put.ok) throw new Error(`${put.status} ${await put.text()}`)
    const answer = await sender.ask('big', 'files(names: ["large.bin"]) { edges { node { directUrl } } }')
    const [directUrl = ''] = /http[^"]*/.exec(answer) ?? []
    let received = 0
    for await (const part of (await fetch(directUrl)).body!) received += part.length
    if (received !== fileBytes) throw new Error(`${received} bytes came back.`)
  })

  report('server-memory: highest resident memory of the process', findings)
} finally {
  await server[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
}
