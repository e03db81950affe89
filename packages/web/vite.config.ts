import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type ProxyOptions } from 'vite'

/** The server takes changes from pages of its own origin alone. */
export function proxyTo(url: string): ProxyOptions {
  return { target: url, changeOrigin: true, headers: { origin: new URL(url).origin } }
}

// Other packages are read from source, so the page builds without them being built first.
const resolve = { conditions: ['source', 'module', 'browser', 'development|production'] }
const target = 'es2023'

/**
 * Builds `first-requests.ts` into a script of its own, which shares no file with the page and so waits for none, and puts it in
 * front of the page's code, which waits for it: an answer that comes to nobody is asked for twice. Without it, as in development, the page asks for the same things later.
 */
function firstRequests(): Plugin {
  const input = fileURLToPath(new URL('src/first-requests.ts', import.meta.url))
  const name = 'first-requests.js'
  return {
    name: 'lossline-first-requests',
    apply: 'build',
    async buildStart() {
      const output = { format: 'iife' } as const
      const options = { write: false, copyPublicDir: false, target, rolldownOptions: { input, output } }
      const built = await build({ configFile: false, logLevel: 'warn', resolve, build: options })
      const [chunk] = 'output' in built ? built.output : []
      if (chunk?.type !== 'chunk') throw new Error('first-requests.ts was not built.')
      this.emitFile({ type: 'asset', name, source: chunk.code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const file = Object.values(bundle).find((one) => one.type === 'asset' && one.names.includes(name))
        if (file === undefined) throw new Error('first-requests.ts is not among the files of the page.')
        return html.replace('<script type="module"', `<script src="/${file.fileName}"></script>\n    $&`)
      },
    },
  }
}

export default defineConfig({
  plugins: [react(), tailwindcss(), firstRequests()],
  resolve,
  build: {
    target,
    // The policy of the server allows no data: scripts or fonts; everything is a file.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the policy refuses, for browsers that we do not support anyway.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Which page imports which file, for `scripts/check-size.mjs`.
    manifest: true,
    // All that the first page needs in one file: a hundred small ones, six at a time, took longer than everything in them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': proxyTo(process.env.LOSSLINE_URL ?? 'http://127.0.0.1:5757') } },
})
