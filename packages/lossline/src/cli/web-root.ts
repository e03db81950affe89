import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Folder of the built page; `undefined` when it has not been built. */
export function findWebRoot(): string | undefined {
  const index = new URL('./dist/index.html', import.meta.resolve('@lossline/web/package.json'))
  return existsSync(index) ? fileURLToPath(new URL('.', index)) : undefined
}
