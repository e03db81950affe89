import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createWireRun } from './support/create-wire-run.ts'
import type { Browser } from './support/open-page.ts'

const webRoot = inject('webRoot')
/** Another name of this machine; plain http under it is no secure context, as on the address of a server in a LAN. */
const lanName = 'lossline.test'

describe.skipIf(webRoot === undefined)('nine tabs of a browser', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>

  beforeAll(async () => {
    browser = (await launchChromium({ hostRules: `MAP ${lanName} 127.0.0.1` })) as Browser
    directory = await openTemporaryDirectory('lossline-page-')
    const options = { dataDirectory: directory.path, port: 0, watch: [], webRoot: webRoot as string, log: () => {} }
    server = await startServer({ ...options, host: '0.0.0.0', allowOpen: true })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  const openStreams = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
    return Number(/^lossline_event_streams_open (\d+)$/m.exec(text)?.[1])
  }

  test.each([
    ['127.0.0.1', true],
    [lanName, false],
  ] as const)('under %s are live by one stream, which another one takes over', async (host, isSecure) => {
    const run = await createWireRun(
      `http://127.0.0.1:${server.port}`,
      { project: host, runId: 'run', displayName: 'run' },
      {},
    )
    await run.log([{ loss: 3 }, { loss: 2 }])
    await using context = await browser.newContext()
    const pages = await Promise.all(Array.from({ length: 9 }, () => context.newPage()))
    const show = (lowest: number): Promise<unknown> =>
      Promise.all(
        pages.map((page) =>
          page.getByText(`Lowest ${lowest}, run run`).waitFor({ state: 'attached', timeout: 60_000 }),
        ),
      )
    await Promise.all(pages.map((page) => page.goto(`http://${host}:${server.port}/local/${host}`)))
    await show(2)
    await Promise.all(pages.map((page) => page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 })))
    expect(await pages[0]!.evaluate('isSecureContext')).toBe(isSecure)
    expect(await pages[0]!.evaluate('navigator.locks !== undefined')).toBe(isSecure)
    // Tabs that began together may each have had one for a moment.
    await until(async () => expect(await openStreams()).toBe(1))
    await run.log([{ loss: 1 }])
    await show(1)

    // Whichever it was: with a tab after the other gone, the last one has the stream.
    await Promise.all(pages.splice(0, 8).map((page) => page.close()))
    await until(async () => expect(await openStreams()).toBe(1))
    await run.log([{ loss: 0.5 }])
    await show(0.5)
    await run.finish()
  })
})
