import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'

const askAgainMs = 600

/** The sample among an entity's projects. While it is being loaded, how far that is. */
export function sampleQuery(entity: string) {
  return queryOptions({
    queryKey: ['sample', entity],
    queryFn: ({ signal }) => callApi('GET /api/sample/{entity}', { path: { entity }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'loading' ? askAgainMs : false),
  })
}
