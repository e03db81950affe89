import type { ArtifactFileInfo, ArtifactFilesResponse } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { apiPath, getJson } from './client.ts'

const pageSize = 1000
/** More cannot be read as a comparison. */
const filesMax = 20_000

/** Files of a version; `isWhole` is false where there are more than are compared. */
export interface AllFiles {
  readonly files: readonly ArtifactFileInfo[]
  readonly isWhole: boolean
}

/** All files of a version. They never change. */
export function allFilesQuery(id: number) {
  return queryOptions({
    queryKey: ['artifact-files', id, 'all'],
    queryFn: async ({ signal }): Promise<AllFiles> => {
      const files: ArtifactFileInfo[] = []
      for (;;) {
        const params = new URLSearchParams({ after: files.at(-1)?.path ?? '', limit: String(pageSize) })
        const path = `${apiPath('artifacts', String(id), 'files')}?${params}`
        const page = await getJson<ArtifactFilesResponse>(path, signal)
        files.push(...page.files)
        if (!page.hasMore) return { files, isWhole: true }
        if (files.length >= filesMax) return { files, isWhole: false }
      }
    },
  })
}
