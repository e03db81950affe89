import type { RunRow } from '@lossline/store'
import { assertNever } from '../errors.ts'
import { historyExportUrlLifetimeMs } from '../http/require-signature.ts'
import type { WandbContext, WandbServices } from './context.ts'

/** `ParquetHistory`: files with all rows, or the step from which on rows have to be asked for. */
interface WireParquetHistory {
  readonly parquetUrls: readonly string[]
  readonly liveData: readonly { readonly _step: number }[]
}

export async function toParquetHistory(
  run: RunRow,
  { historyExports, urlSigner, clock }: WandbServices,
  { baseUrl }: WandbContext,
): Promise<WireParquetHistory> {
  const offer = await historyExports.offer(run)
  switch (offer.kind) {
    case 'nothing':
      return { parquetUrls: [], liveData: [] }
    case 'rows':
      // The client only looks for the first of them.
      return { parquetUrls: [], liveData: [{ _step: offer.firstStep }] }
    case 'files': {
      const expiresAtMs = clock.now() + historyExportUrlLifetimeMs
      const parquetUrls = offer.parts.map(({ part, sha256 }) => {
        const path = `/history-exports/${run.id}/${sha256}`
        return baseUrl + urlSigner.sign({ method: 'GET', path, name: `${run.runId}-${part}.parquet`, expiresAtMs })
      })
      return { parquetUrls, liveData: [] }
    }
    default:
      return assertNever(offer)
  }
}
