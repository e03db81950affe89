import { readFileSync } from 'node:fs'

/** Version of this package. */
export function readVersion(): string {
  // Two folders up from `src/cli` and from `dist/cli` alike.
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isManifest ? String(manifest.version) : '0.0.0'
}
