import { readFileSync } from 'node:fs'
import { z } from 'zod'

const packageSchema = z.object({ version: z.string() })
let version: string | undefined

/** Version of this package. */
export function serverVersion(): string {
  version ??= packageSchema.parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))).version
  return version
}
