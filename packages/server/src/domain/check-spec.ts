import { parseJson } from '@lossline/protocol'
import { ServerError } from '../errors.ts'

/** Views and charts keep the text as it came; this only refuses what nobody could read back. */
export function checkSpec(spec: string): void {
  try {
    parseJson(spec)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: 'spec is not JSON', cause })
  }
}
