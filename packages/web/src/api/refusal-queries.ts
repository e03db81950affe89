import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'

const askAgainMs = 5000

/** Why programs that wanted to log were turned away lately; asked again and again while somebody waits for a run. */
export const refusalsQuery = queryOptions({
  queryKey: ['refusals'],
  queryFn: ({ signal }) => callApi('GET /api/refusals', { signal }),
  refetchInterval: askAgainMs,
})
