// The gallery before a real server, over data that are thrown away at the end. Changes of the code show at once.
// usage: npm run gallery
import { fileURLToPath } from 'node:url'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { createServer } from 'vite'
import { proxyTo } from '../vite.config.ts'
import { fillServer } from './fill-server.ts'

const liveIntervalMs = 1000

const directory = await openTemporaryDirectory('lossline-gallery-')
const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })
const live = await fillServer({
  url: server.url,
  logTo: { dir: directory.path, baseUrl: server.url, console: 'off', silent: true },
})
const timer = setInterval(() => live.logStep(), liveIntervalMs)
const vite = await createServer({
  configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
  server: { proxy: { '/api': proxyTo(server.url) } },
})
await vite.listen()
console.log(`The gallery is at ${vite.resolvedUrls?.local[0]}gallery/index.html. Ctrl+C ends it.`)

const close = async (): Promise<void> => {
  clearInterval(timer)
  await vite.close()
  await live[Symbol.asyncDispose]()
  await server.close()
  await directory[Symbol.asyncDispose]()
}
process.once('SIGINT', () => void close())
process.once('SIGTERM', () => void close())
