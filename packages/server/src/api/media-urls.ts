import type { MediaUrls } from '../domain/media/media-services.ts'

/** Names stand in the query, where no client tidies up `..`. */
export const mediaUrls: MediaUrls = {
  runFile: ({ entity, project, runId }, name) =>
    `/api/runs/${[entity, project, runId].map(encodeURIComponent).join('/')}/file?${new URLSearchParams({ name })}`,
  artifactFile: (artifact, path) => `/api/artifacts/${artifact}/file?${new URLSearchParams({ path })}`,
}
