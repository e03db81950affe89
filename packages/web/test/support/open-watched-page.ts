import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { type Browser, type OpenedPage, openPage } from './open-page.ts'

/** A site that nothing of the page may ask. */
export interface Beacon extends AsyncDisposable {
  readonly url: string
  readonly asked: readonly string[]
  /** What it answers from now on. */
  show(html: string): void
}

export async function openBeacon(): Promise<Beacon> {
  const asked: string[] = []
  let body = 'taken("beacon")'
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'text/html').end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    show(html) {
      body = html
    },
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** A page, and what happened to it. */
export interface WatchedPage extends OpenedPage {
  /** Scripts of the content that ran in the page itself, dialogs, windows, and where it was led. */
  readonly taken: readonly string[]
  /** What the policy has refused: something had got into the page, or ran in a frame. */
  readonly refused: readonly string[]
  /** Addresses outside of the server's origin that were asked for, answered or not. */
  readonly foreign: readonly string[]
  /** The content security policy of each answer, by path. */
  readonly policies: ReadonlyMap<string, string>
  /** Fails where HTML of somebody else's making stands in the page. */
  expectClean(): Promise<void>
}

/** Opens an empty page that watches, in place of the one at `url`, the server's address. */
export async function openWatched(browser: Browser, url: string): Promise<WatchedPage> {
  const opened = await openPage(browser, 'about:blank')
  const { page } = opened
  const taken: string[] = []
  const refused: string[] = []
  const foreign: string[] = []
  const policies = new Map<string, string>()
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url())
  })
  await page.exposeBinding('taken', ({ frame }, place: string) => {
    if (frame === page.mainFrame()) taken.push(`script from ${place}`)
  })
  page.on('dialog', (dialog) => {
    taken.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.context().on('page', () => taken.push('window'))
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame() && !frame.url().startsWith(url)) taken.push(`navigation to ${frame.url()}`)
  })
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    policies.set(
      response.url().startsWith('blob:') ? 'blob' : pathname,
      response.headers()['content-security-policy'] ?? 'none',
    )
  })
  const expectClean = async (): Promise<void> => {
    const found = await page.evaluate(() =>
      Array.from(document.querySelectorAll('[onerror], [onload], img[src="x"], script:not([src]), a[href], base'))
        .filter((element) => !(element instanceof HTMLAnchorElement) || !/^(https?|blob):$/.test(element.protocol))
        .map((element) => element.outerHTML),
    )
    expect(found).toEqual([])
  }
  return { ...opened, taken, refused, foreign, policies, expectClean }
}
