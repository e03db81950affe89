import type { ApiContext } from './api-context.ts'
import { UnsupportedByServerError } from './api-errors.ts'
import type { RequestOptions } from './listing.ts'
import { listAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

const createFilesMutation = `mutation CreateRunFiles($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
  createRunFiles(input: { entityName: $entity, projectName: $project, runName: $run, files: $files }) {
    runID uploadHeaders files { name uploadUrl }
  }
}`

const markUploadedMutation = `mutation MarkRunFilesUploaded($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
  markRunFilesUploaded(input: { entityName: $entity, projectName: $project, runName: $run, files: $files }) { success }
}`

const featuresQuery = `query ServerFeaturesQuery { serverInfo { features { name isEnabled } } }`

/**
 * Uploads a file into a run, also into one that is over.
 *
 * @returns the name that it has in the run: its path below `root`.
 */
export async function uploadRunFile(
  context: ApiContext,
  at: { readonly entity: string; readonly project: string; readonly runId: string },
  path: string,
  { root = '.', signal }: RequestOptions & { readonly root?: string | undefined },
): Promise<string> {
  const { name, content } = await context.localFiles.open(path, root)
  const variables = { entity: at.entity, project: at.project, run: at.runId, files: [name] }
  const created = maybeObjectAt(
    await context.ask('CreateRunFiles', createFilesMutation, variables, { signal }),
    'createRunFiles',
  )
  const uploadUrl = maybeTextAt(maybeObjectAt(listAt(created, 'files')[0]), 'uploadUrl')
  if (uploadUrl === undefined) throw new UnsupportedByServerError(`Uploading "${name}"`, context.placeName, undefined)
  const headers = listAt(created, 'uploadHeaders').flatMap((header) => {
    const colon = String(header).indexOf(':')
    return colon > 0 ? [[String(header).slice(0, colon), String(header).slice(colon + 1)] as [string, string]] : []
  })
  await context.fetch(uploadUrl, {
    method: 'PUT',
    headers: Object.fromEntries(headers),
    body: content,
    ...(signal === undefined ? {} : { signal }),
  })
  if (await mustBeMarked(context, signal)) {
    await context.ask('MarkRunFilesUploaded', markUploadedMutation, variables, { signal })
  }
  return name
}

async function mustBeMarked(context: ApiContext, signal: AbortSignal | undefined): Promise<boolean> {
  const answer = await context.ask('ServerFeaturesQuery', featuresQuery, {}, { signal })
  return listAt(maybeObjectAt(answer, 'serverInfo'), 'features').some((feature) => {
    const { name, isEnabled } = maybeObjectAt(feature) ?? {}
    return name === 'MARK_RUN_FILES_UPLOADED' && isEnabled === true
  })
}
