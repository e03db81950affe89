import type { ArtifactFileInfo } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'

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
        const query = { after: files.at(-1)?.path ?? '', limit: pageSize }
        const page = await callApi('GET /api/artifacts/{id}/files', { path: { id }, query, signal })
        files.push(...page.files)
        if (!page.hasMore) return { files, isWhole: true }
        if (files.length >= filesMax) return { files, isWhole: false }
      }
    },
  })
}
