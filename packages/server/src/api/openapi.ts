import type { z } from 'zod'
import * as admin from './admin-schemas.ts'
import * as artifacts from './artifact-schemas.ts'
import * as logs from './log-schemas.ts'
import * as marks from './mark-schemas.ts'
import * as media from './media-schemas.ts'
import * as metricNotes from './metric-note-schemas.ts'
import * as runQueries from './run-query-schemas.ts'
import * as schemas from './schemas.ts'
import * as search from './search-schemas.ts'
import * as sharing from './share-schemas.ts'
import * as sweeps from './sweep-schemas.ts'
import * as tables from './table-schemas.ts'
import * as views from './view-schemas.ts'

/** Schemas by the names that the document gives them: `runsResponse` is `RunsResponse` there. */
export const namedSchemas: readonly (readonly [name: string, schema: z.ZodType])[] = [
  admin,
  artifacts,
  logs,
  marks,
  metricNotes,
  media,
  runQueries,
  schemas,
  search,
  sharing,
  sweeps,
  tables,
  views,
].flatMap((module) =>
  Object.entries<z.ZodType>({ ...module }).map(
    ([name, schema]) => [name.replace(/^./, (letter) => letter.toUpperCase()), schema] as const,
  ),
)

/** A route of `/api` as the OpenAPI document describes it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Names in braces are path parameters. */
  readonly path: string
  readonly summary: string
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Without a body, defaults are meant. */
  readonly isBodyOptional?: boolean
  /** Undefined: there is nothing to say when it is done. */
  readonly response: Answer | undefined
  /** Of an answer that is not 200, 204 without a response. */
  readonly status?: 201
  /** Default: whoever has an account; without accounts everybody. */
  readonly askers?: 'anybody' | 'admin-token'
}

/** What a route answers with. */
export interface Answer {
  readonly type: string
  readonly description: string
  readonly schema?: z.ZodType
}

const json = (schema: z.ZodType) => ({ type: 'application/json', description: 'The answer', schema })
const project = '/api/projects/{entity}/{project}'
const run = '/api/runs/{entity}/{project}/{runId}'

const sweep = `${project}/sweeps/{sweep}`
const view = `${project}/views/{viewId}`
const collection = `${project}/artifacts/{collection}`
const artifact = '/api/artifacts/{id}'
const user = '/api/admin/users/{user}'
const team = '/api/admin/teams/{team}'
const forAnybody = { askers: 'anybody' } as const
const forAdmins = { askers: 'admin-token' } as const
const file = {
  type: 'application/octet-stream',
  description: 'The bytes, or a part of them; pictures, sounds and films under their own type',
}
const archive = { type: 'application/zip', description: 'A ZIP archive, made while it is sent' }

/** Every route of `/api`. */
export const operations: readonly Operation[] = [
  { method: 'get', path: '/api/status', summary: 'The server itself', response: json(schemas.statusResponse) },
  {
    method: 'get',
    path: '/api/refusals',
    summary: 'Why programs that wanted to log were turned away lately, the newest first',
    response: json(schemas.refusalsResponse),
  },
  { method: 'get', path: '/api/projects', summary: 'All projects', response: json(schemas.projectsResponse) },
  { method: 'get', path: project, summary: 'One project', response: json(schemas.projectResponse) },
  {
    method: 'patch',
    path: project,
    summary: 'Renames a project, describes it, or opens it to others',
    body: schemas.changeProjectRequest,
    response: json(schemas.projectResponse),
  },
  {
    method: 'get',
    path: `${project}/storage`,
    summary: 'What runs and artifacts of a project take, by kind',
    response: json(search.projectStorageResponse),
  },
  {
    method: 'delete',
    path: project,
    summary: 'Removes a project with its runs, artifacts and views for good',
    body: schemas.deleteProjectRequest,
    response: undefined,
  },
  {
    method: 'get',
    path: '/api/sample/{entity}',
    summary: 'The sample project among those of a user or team',
    response: json(schemas.sampleResponse),
  },
  {
    method: 'post',
    path: '/api/sample/{entity}',
    summary: 'Begins to load the sample into a project of its own, or goes on with it',
    response: json(schemas.sampleResponse),
  },
  {
    method: 'delete',
    path: '/api/sample/{entity}',
    summary: 'Removes the sample project for good, with all that it has on disk',
    response: undefined,
  },
  {
    method: 'post',
    path: `${project}/runs/move`,
    summary: 'Puts runs into another project, all of them or none; artifacts stay',
    body: schemas.moveRunsRequest,
    response: json(schemas.runsMovedResponse),
  },
  {
    method: 'get',
    path: `${project}/runs`,
    summary: 'Runs of a project, newest first',
    query: schemas.runsQuery,
    response: json(schemas.runsResponse),
  },
  {
    method: 'get',
    path: `${project}/metrics`,
    summary: 'What the runs have logged',
    query: schemas.metricsQuery,
    response: json(schemas.metricsResponse),
  },
  {
    method: 'get',
    path: `${project}/metric-notes`,
    summary: 'What people and runs say of a metric: description, unit, direction',
    query: metricNotes.metricNoteQuery,
    response: json(metricNotes.metricNoteResponse),
  },
  {
    method: 'patch',
    path: `${project}/metric-notes`,
    summary: 'Says something of a metric for everybody, before what its runs say',
    body: metricNotes.metricNoteEdit,
    response: json(metricNotes.metricNoteResponse),
  },
  { method: 'get', path: run, summary: 'One run', response: json(schemas.runResponse) },
  {
    method: 'get',
    path: `${run}/logs`,
    summary: 'Console lines of a run',
    query: logs.logsQuery,
    response: json(logs.logsResponse),
  },
  {
    method: 'get',
    path: `${run}/logs/search`,
    summary: 'Console lines with something in them',
    query: logs.logSearchQuery,
    response: json(logs.logSearchResponse),
  },
  {
    method: 'get',
    path: `${run}/logs/text`,
    summary: 'All console output as a text file',
    query: logs.logTextQuery,
    response: { type: 'text/plain', description: 'A line each, in the order of their numbers' },
  },
  {
    method: 'get',
    path: `${run}/alerts`,
    summary: 'Messages that the program of a run sent to people, newest first',
    query: schemas.alertsQuery,
    response: json(schemas.alertsResponse),
  },
  {
    method: 'get',
    path: `${run}/media`,
    summary: 'Keys of media and tables',
    query: media.mediaKeysQuery,
    response: json(media.mediaKeysResponse),
  },
  {
    method: 'get',
    path: `${run}/media/value`,
    summary: 'A media value at a step',
    query: media.mediaValueQuery,
    response: json(media.mediaValueResponse),
  },
  {
    method: 'get',
    path: `${run}/media/histograms`,
    summary: 'Histograms of a key over the steps, on one axis',
    query: media.histogramsQuery,
    response: json(media.histogramsResponse),
  },
  {
    method: 'post',
    path: '/api/tables/rows',
    summary: 'Rows of one or several tables: filtered, sorted, grouped',
    body: tables.tableWindowRequest,
    response: json(tables.tableWindowResponse),
  },
  {
    method: 'post',
    path: '/api/tables/columns',
    summary: 'What the columns of tables are like: ranges, histograms, frequent values',
    body: tables.tableColumnsRequest,
    response: json(tables.tableColumnsResponse),
  },
  {
    method: 'get',
    path: '/api/tables/export',
    summary: 'All rows that match, as CSV or JSON',
    query: tables.tableExportQuery,
    response: file,
  },
  {
    method: 'get',
    path: `${run}/table`,
    summary: 'Rows of a table that was logged',
    query: tables.tableQuery,
    response: json(tables.tableResponse),
  },
  {
    method: 'post',
    path: `${run}/rows`,
    summary: 'Rows of history that have some keys, evenly chosen',
    body: media.rowsRequest,
    response: json(media.rowsResponse),
  },
  { method: 'get', path: `${run}/charts`, summary: 'Custom charts', response: json(media.customChartsResponse) },
  { method: 'get', path: `${run}/files`, summary: 'Files of a run, by name', response: json(media.runFilesResponse) },
  { method: 'get', path: `${run}/zip`, summary: 'All files of a run as one archive', response: archive },
  { method: 'get', path: `${run}/file`, summary: 'A file of a run', query: media.runFileQuery, response: file },
  {
    method: 'get',
    path: `${run}/artifacts`,
    summary: 'Versions that a run used and made',
    response: json(artifacts.runArtifactsResponse),
  },
  {
    method: 'get',
    path: `${project}/artifacts`,
    summary: 'Artifacts of a project by type',
    response: json(artifacts.artifactTypesResponse),
  },
  {
    method: 'get',
    path: `${collection}/versions`,
    summary: 'Versions of a collection, newest first',
    query: artifacts.versionsQuery,
    response: json(artifacts.artifactVersionsResponse),
  },
  {
    method: 'get',
    path: `${collection}/versions/{version}`,
    summary: 'One version, by its number, an alias or its digest',
    response: json(artifacts.artifactVersionResponse),
  },
  {
    method: 'get',
    path: `${collection}/alias-changes`,
    summary: 'How aliases of a collection have moved, newest first',
    query: artifacts.aliasChangesQuery,
    response: json(artifacts.aliasChangesResponse),
  },
  {
    method: 'get',
    path: `${collection}/users`,
    summary: 'Runs that used any version of a collection',
    response: json(artifacts.artifactUsersResponse),
  },
  {
    method: 'delete',
    path: collection,
    summary: 'Deletes a collection with its versions for good',
    body: artifacts.deleteCollectionRequest,
    response: undefined,
  },
  {
    method: 'get',
    path: `${project}/artifact-versions`,
    summary: 'Versions by name, alias, tag, digest or metadata',
    query: artifacts.versionSearch,
    response: json(artifacts.artifactSearchResponse),
  },
  {
    method: 'patch',
    path: artifact,
    summary: 'Describes a version, names and tags it, and says how long it is kept',
    body: artifacts.artifactChange,
    response: json(artifacts.artifactChangedResponse),
  },
  {
    method: 'delete',
    path: artifact,
    summary: 'Deletes a version for good',
    body: artifacts.deleteArtifactRequest,
    isBodyOptional: true,
    response: undefined,
  },
  {
    method: 'get',
    path: `${artifact}/files`,
    summary: 'Files of a version, by path',
    query: artifacts.artifactFilesQuery,
    response: json(artifacts.artifactFilesResponse),
  },
  {
    method: 'get',
    path: `${artifact}/file`,
    summary: 'A file of a version',
    query: artifacts.artifactFileQuery,
    response: file,
  },
  {
    method: 'get',
    path: `${artifact}/table`,
    summary: 'Rows of a table that is a file of a version',
    query: tables.artifactTableQuery,
    response: json(tables.tableRowsResponse),
  },
  {
    method: 'get',
    path: `${artifact}/zip`,
    summary: 'All files of a version as one archive, without references to what is elsewhere',
    response: archive,
  },
  {
    method: 'get',
    path: `${artifact}/lineage`,
    summary: 'What a version was made from, and what with it',
    query: artifacts.lineageQuery,
    response: json(artifacts.lineageResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/query`,
    summary: 'Runs by filter and order, with values of their config and summary',
    body: runQueries.runsQueryRequest,
    response: json(runQueries.runsQueryResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/neighbours`,
    summary: 'The runs before and after one in a list',
    body: runQueries.runNeighboursRequest,
    response: json(runQueries.runNeighboursResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/groups`,
    summary: 'Runs put together by values, with figures of others',
    body: runQueries.runGroupsRequest,
    response: json(runQueries.runGroupsResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/importance`,
    summary: 'How much parameters matter for a number of the newest 1,000 runs',
    body: runQueries.runImportanceRequest,
    response: json(runQueries.runImportanceResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/deletion`,
    summary: 'What goes with runs that are deleted, and what stays because others use it',
    body: runQueries.runsDeletionRequest,
    response: json(runQueries.runsDeletionResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/contents`,
    summary: 'What several runs have besides numbers',
    body: media.runContentsRequest,
    response: json(media.runContentsResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/figures`,
    summary: 'What all values of a metric come to, run by run',
    body: runQueries.runFiguresRequest,
    response: json(runQueries.runFiguresResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/marks`,
    summary: 'What happened in runs, and where that is on the x axis of their charts',
    body: marks.runMarksRequest,
    response: json(marks.runMarksResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/best-points`,
    summary: 'The best point of a metric, run by run',
    body: marks.bestPointsRequest,
    response: json(marks.bestPointsResponse),
  },
  {
    method: 'get',
    path: `${project}/run-keys`,
    summary: 'Keys of configs and summaries, and what runs have under them',
    response: json(runQueries.runKeysResponse),
  },
  {
    method: 'patch',
    path: run,
    summary: 'Changes what people write about a run',
    body: runQueries.runEdit,
    response: json(schemas.runResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/edits`,
    summary: 'Changes what people write about runs, each by itself',
    body: runQueries.runEditsRequest,
    response: json(runQueries.runsChangedResponse),
  },
  {
    method: 'post',
    path: `${project}/runs/change`,
    summary: 'Makes one change of many runs: tags, group, stop, trash, restore',
    body: runQueries.runsChangeRequest,
    response: json(runQueries.runsChangedResponse),
  },
  {
    method: 'get',
    path: `${project}/views`,
    summary: 'Workspaces and reports that were saved, oldest first',
    query: views.viewsQuery,
    response: json(views.viewsResponse),
  },
  {
    method: 'post',
    path: `${project}/views`,
    summary: 'Saves a new one',
    body: views.newViewRequest,
    status: 201,
    response: json(views.viewResponse),
  },
  {
    method: 'get',
    path: `${project}/workspace`,
    summary: 'A workspace by its name, and whether it can be saved',
    query: views.openedWorkspaceQuery,
    response: json(views.openedWorkspaceResponse),
  },
  { method: 'get', path: view, summary: 'A workspace or report', response: json(views.viewResponse) },
  {
    method: 'patch',
    path: view,
    summary: 'Saves it, as a new revision of it',
    body: views.viewEditRequest,
    response: json(views.viewResponse),
  },
  { method: 'delete', path: view, summary: 'Removes it with its revisions', response: undefined },
  {
    method: 'get',
    path: `${view}/revisions`,
    summary: 'Who saved it when, newest first; the last 50',
    response: json(views.viewRevisionsResponse),
  },
  {
    method: 'get',
    path: `${view}/revisions/{number}`,
    summary: 'What it was',
    response: json(views.viewRevisionResponse),
  },
  {
    method: 'post',
    path: `${view}/revisions/{number}/restore`,
    summary: 'Makes it what it was, as a new revision',
    response: json(views.viewResponse),
  },
  {
    method: 'post',
    path: '/api/view-states',
    summary: "Keeps what is too long for a page's address",
    body: views.viewStateRequest,
    response: json(views.viewStateSavedResponse),
  },
  {
    method: 'get',
    path: '/api/view-states/{hash}',
    summary: 'What was kept under a digest',
    response: json(views.viewStateRequest),
  },
  {
    method: 'post',
    path: `${run}/stop`,
    summary: 'Asks the program of a run to end; one that has ended stays as it is',
    response: json(schemas.stopResponse),
  },
  {
    method: 'delete',
    path: run,
    summary: 'Puts a run into the trash of its project, for 30 days',
    response: json(schemas.deleteRunResponse),
  },
  {
    method: 'get',
    path: `${project}/trash`,
    summary: 'Deleted runs that can be brought back, newest first',
    response: json(schemas.trashResponse),
  },
  {
    method: 'get',
    path: `${project}/share-links`,
    summary: 'Links that let whoever has them look at something of a project',
    response: json(sharing.shareLinksResponse),
  },
  {
    method: 'post',
    path: `${project}/share-links`,
    summary: 'Makes a link that lets whoever has it look at a project, a run or a version, and change nothing',
    body: sharing.createShareLinkRequest,
    response: json(sharing.createdShareLinkResponse),
    status: 201,
  },
  {
    method: 'delete',
    path: `${project}/share-links/{linkId}`,
    summary: 'Takes a link back',
    response: undefined,
  },
  {
    method: 'delete',
    path: '/api/share',
    summary: 'Forgets the link that this browser has followed',
    response: undefined,
    ...forAnybody,
  },
  {
    method: 'post',
    path: `${project}/trash/sweeps/{trashedSweep}/restore`,
    summary: 'Brings a sweep back from the trash, with its runs',
    response: json(sweeps.sweepResponse),
  },
  {
    method: 'post',
    path: `${project}/trash/{trashedRunId}/restore`,
    summary: 'Brings a deleted run back as it was',
    response: json(schemas.runResponse),
  },
  {
    method: 'post',
    path: '/api/series',
    summary: 'One metric of up to 1,000 runs, reduced to buckets',
    body: schemas.seriesRequest,
    response: {
      type: 'application/octet-stream',
      description: 'A series frame; `decodeSeriesFrame` of @lossline/protocol reads it',
    },
  },
  {
    method: 'post',
    path: '/api/series/batch',
    summary: 'What several charts of a page want to know at the same moment: up to 100 requests as of /api/series',
    body: schemas.seriesBatchRequest,
    response: {
      type: 'application/octet-stream',
      description: 'A series frame for each request; `decodeSeriesFrames` of @lossline/protocol reads them',
    },
  },
  {
    method: 'post',
    path: '/api/series/points',
    summary: 'Every point of one metric of up to 1,000 runs, as text that is sent while it is read',
    body: schemas.seriesPointsRequest,
    response: { type: 'text/csv', description: 'CSV, or a list in JSON where that is the format' },
  },
  {
    method: 'get',
    path: '/api/events',
    summary: 'What changes, as server-sent events',
    query: schemas.eventsQuery,
    response: { type: 'text/event-stream', description: 'hello, reset, project, view and run events' },
  },
  {
    method: 'get',
    path: '/api/session',
    summary: 'Whether accounts are asked for, and who is asking',
    response: json(admin.sessionResponse),
    ...forAnybody,
  },
  {
    method: 'post',
    path: '/api/session',
    summary: 'Signs a browser in; the session comes as a cookie',
    body: admin.signInRequest,
    response: json(admin.sessionResponse),
    ...forAnybody,
  },
  {
    method: 'delete',
    path: '/api/session',
    summary: 'Signs a browser out',
    response: undefined,
    ...forAnybody,
  },
  {
    method: 'get',
    path: '/api/account',
    summary: 'Whoever asks, with their keys and teams; 404 where nobody has an account',
    response: json(admin.accountResponse),
  },
  {
    method: 'post',
    path: '/api/account/keys',
    summary: 'Makes a key for whoever asks',
    body: admin.addKeyRequest,
    isBodyOptional: true,
    response: json(admin.newKeyResponse),
    status: 201,
  },
  {
    method: 'delete',
    path: '/api/account/keys/{key}',
    summary: 'Takes a key of whoever asks away, by id or prefix; sessions that it opened end',
    response: undefined,
  },
  {
    method: 'get',
    path: '/api/entities/{entity}',
    summary: 'What a user or team is, and who belongs to it',
    response: json(admin.entityResponse),
  },
  {
    method: 'put',
    path: '/api/entities/{entity}/members/{user}',
    summary: 'Takes a user into a team, or changes the role there; for admins of the team',
    body: admin.putMemberRequest,
    isBodyOptional: true,
    response: json(admin.entityMember),
  },
  {
    method: 'delete',
    path: '/api/entities/{entity}/members/{user}',
    summary: 'Takes a user out of a team; for admins of the team',
    response: undefined,
  },
  {
    method: 'get',
    path: `${project}/sweeps`,
    summary: 'Sweeps in an order, and what came of them so far',
    query: sweeps.sweepsQuery,
    response: json(sweeps.sweepsResponse),
  },
  {
    method: 'post',
    path: `${project}/sweeps`,
    summary: 'Makes a sweep',
    body: sweeps.createSweepRequest,
    response: json(sweeps.sweepResponse),
    status: 201,
  },
  {
    method: 'get',
    path: sweep,
    summary: 'A sweep, and what came of it so far',
    response: json(sweeps.sweepResponse),
  },
  {
    method: 'get',
    path: `${sweep}/agents`,
    summary: 'Programs that ask a sweep for runs, the last heard first',
    response: json(sweeps.sweepAgentsResponse),
  },
  {
    method: 'patch',
    path: sweep,
    summary: 'Changes what a sweep says, or its state',
    body: sweeps.changeSweepRequest,
    response: json(sweeps.sweepResponse),
  },
  {
    method: 'delete',
    path: sweep,
    summary: 'Puts a sweep into the trash of its project, for 30 days; its runs stay',
    response: undefined,
  },
  {
    method: 'get',
    path: '/api/custom-charts/{entity}/{name}',
    summary: 'A chart that somebody has defined',
    response: json(media.customChartDefinition),
  },
  {
    method: 'get',
    path: '/api/search',
    summary: 'Projects, runs and artifacts with a text in their name',
    query: search.searchQuery,
    response: json(search.searchResponse),
  },
  {
    method: 'get',
    path: '/api/admin/users',
    summary: 'People, by name',
    response: json(admin.usersResponse),
    ...forAdmins,
  },
  {
    method: 'put',
    path: user,
    summary: 'Makes a user (201), or changes one (200)',
    body: admin.putUserRequest,
    isBodyOptional: true,
    response: json(admin.userResponse),
    ...forAdmins,
  },
  {
    method: 'post',
    path: `${user}/keys`,
    summary: 'Makes a key for a user',
    body: admin.addKeyRequest,
    isBodyOptional: true,
    status: 201,
    response: json(admin.newKeyResponse),
    ...forAdmins,
  },
  {
    method: 'delete',
    path: `${user}/keys/{apiKey}`,
    summary: 'Removes a key of a user, by its id or prefix',
    response: undefined,
    ...forAdmins,
  },
  {
    method: 'delete',
    path: user,
    summary: 'Removes a user with all keys; what the user owns stays',
    response: undefined,
    ...forAdmins,
  },
  {
    method: 'get',
    path: '/api/admin/teams',
    summary: 'Teams and their members',
    response: json(admin.teamsResponse),
    ...forAdmins,
  },
  { method: 'put', path: team, summary: 'Makes a team', response: json(admin.teamResponse), ...forAdmins },
  {
    method: 'put',
    path: `${team}/members/{user}`,
    summary: 'Takes a user into a team, or changes the role there',
    body: admin.putMemberRequest,
    isBodyOptional: true,
    response: json(admin.memberResponse),
    ...forAdmins,
  },
  {
    method: 'delete',
    path: `${team}/members/{user}`,
    summary: 'Takes a user out of a team',
    response: undefined,
    ...forAdmins,
  },
  {
    method: 'delete',
    path: team,
    summary: 'Removes a team; what it owns stays',
    response: undefined,
    ...forAdmins,
  },
  {
    method: 'post',
    path: '/api/admin/collect-garbage',
    summary: 'Lets go of contents that nothing needs, or says which these are',
    body: admin.collectGarbageRequest,
    isBodyOptional: true,
    response: json(admin.garbageResponse),
    ...forAdmins,
  },
  {
    method: 'get',
    path: '/api/admin/backup',
    summary: 'A backup of the data folder',
    response: { type: 'application/x-tar', description: 'What `lossline restore` reads' },
    ...forAdmins,
  },
]
