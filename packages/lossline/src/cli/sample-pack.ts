import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The packed sample project; `undefined` when it has not been built. */
export function findSamplePack(): string | undefined {
  const pack = new URL('../../dist/sample.br', import.meta.url)
  return existsSync(pack) ? fileURLToPath(pack) : undefined
}
