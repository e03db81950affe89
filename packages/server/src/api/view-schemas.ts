import type {
  NewViewRequest,
  OpenedWorkspaceResponse,
  ViewEditRequest,
  ViewResponse,
  ViewRevisionResponse,
  ViewRevisionsResponse,
  ViewStateRequest,
  ViewStateSavedResponse,
  ViewsResponse,
  WorkspaceType,
} from '@lossline/protocol'
import { z } from 'zod'

/** Shapes of saved views; see `views-api.ts` of the protocol. */

const timeMs = z.number().describe('Milliseconds since 1970, UTC')
const viewSummary = z.object({
  id: z.number(),
  type: z
    .string()
    .describe(
      'project-view: a workspace; run-view: charts of pages of runs; runs: a report; runs/draft: a draft of one',
    ),
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  username: z.string().describe('Who made it'),
  createdAtMs: timeMs,
  updatedAtMs: timeMs,
  revision: z.number(),
  savedBy: z.string(),
})
const spec = z.string().describe("JSON in W&B's form of workspaces and reports")

export const viewsQuery: z.ZodType<{ type?: string | undefined }> = z.object({ type: z.string().optional() })
export const viewsResponse: z.ZodType<ViewsResponse> = z.object({ views: z.array(viewSummary) })
export const viewResponse: z.ZodType<ViewResponse> = z.object({ view: viewSummary.extend({ spec }) })

const workspaceType = z.enum(['project-view', 'run-view'])

export const openedWorkspaceQuery: z.ZodType<{ name?: string | undefined; type: WorkspaceType }> = z.object({
  type: workspaceType.default('project-view').describe('run-view: how the pages of runs arrange their charts'),
  name: z.string().optional().describe('Default: the one that belongs to whoever asks'),
})
export const openedWorkspaceResponse: z.ZodType<OpenedWorkspaceResponse> = z.object({
  type: workspaceType,
  view: viewSummary.extend({ spec }).nullable().describe('Null: nobody has saved one of that name'),
  name: z.string(),
  username: z.string(),
  mayWrite: z.boolean(),
})

const displayName = z.string().max(1000)
const description = z.string().max(100_000)
const type = z.string().min(1).max(100)

export const newViewRequest: z.ZodType<NewViewRequest> = z.strictObject({
  type,
  name: z.string().min(1).max(200).describe('409 if the project has one of this type and name'),
  displayName,
  description: description.exactOptional(),
  spec,
})
export const viewEditRequest: z.ZodType<ViewEditRequest> = z.strictObject({
  displayName: displayName.exactOptional(),
  description: description.exactOptional(),
  spec: spec.exactOptional(),
  type: type.exactOptional(),
  revision: z.number().int().exactOptional().describe('The one that is changed: 409 if there is another by now'),
  isAutomatic: z
    .boolean()
    .exactOptional()
    .describe('What the same user saves within five minutes is one revision. Default false'),
})

const revision = z.object({
  number: z.number(),
  displayName: z.string(),
  description: z.string(),
  username: z.string(),
  begunAtMs: timeMs,
  savedAtMs: timeMs,
})
export const viewRevisionsResponse: z.ZodType<ViewRevisionsResponse> = z.object({ revisions: z.array(revision) })
export const viewRevisionResponse: z.ZodType<ViewRevisionResponse> = z.object({ revision: revision.extend({ spec }) })

export const viewStateRequest: z.ZodType<ViewStateRequest> = z.strictObject({
  state: z.record(z.string(), z.string()).describe('Keys and values of a query string'),
})
export const viewStateSavedResponse: z.ZodType<ViewStateSavedResponse> = z.object({ hash: z.string() })
