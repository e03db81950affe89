import type { SenderTarget } from '@lossline/journal'
import type { Destination } from './choose-destination.ts'

/** Where the rows and files of a run are sent, in online mode. */
export function toSenderTarget(
  { baseUrl, apiKey }: Destination & { mode: 'online' },
  { project, entity }: { readonly project: string; readonly entity: string | undefined },
  ignoreGlobs: readonly string[] | undefined,
): SenderTarget {
  return {
    baseUrl,
    project,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(entity === undefined ? {} : { entity }),
    ...(ignoreGlobs === undefined ? {} : { ignoreGlobs }),
  }
}
