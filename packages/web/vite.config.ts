import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // Other packages are read from source, so the page builds without them being built first.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2023',
    // The policy of the server allows no data: scripts or fonts; everything is a file.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the policy refuses, for browsers that we do not support anyway.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env.LOSSLINE_URL ?? 'http://127.0.0.1:5757' } },
})
