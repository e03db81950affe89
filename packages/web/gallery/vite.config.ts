import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vite'
import page from '../vite.config.ts'

/** The gallery instead of the page; nothing of it is in the page's own build. */
export default defineConfig(
  mergeConfig(page, {
    root: fileURLToPath(new URL('..', import.meta.url)),
    build: {
      manifest: false,
      rolldownOptions: { input: fileURLToPath(new URL('index.html', import.meta.url)) },
    },
  }),
)
