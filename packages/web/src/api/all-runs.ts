import type { RunWithValues } from '@lossline/protocol'
import type { RunsList } from '../view/runs/run-pages.ts'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

const pageSize = 1000

/** All runs of a list, however many, a thousand asked for at a time. Errors as {@link callApi}. */
export async function* allRuns({ entity, project }: ProjectAddress, list: RunsList): AsyncGenerator<RunWithValues> {
  for (let offset = 0; ; offset += pageSize) {
    const { runs } = await callApi('POST /api/projects/{entity}/{project}/runs/query', {
      path: { entity, project },
      body: { ...list, offset, limit: pageSize },
    })
    yield* runs
    if (runs.length < pageSize) return
  }
}
