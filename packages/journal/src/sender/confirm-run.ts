import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '@lossline/protocol'
import { digestFile } from '../digest-file.ts'
import { isCommitted } from './artifacts/artifact-api.ts'
import { type GraphqlOptions, objectAt, requestGraphql, textAt } from './graphql.ts'
import { graphqlPolicy } from './retry-policy.ts'
import type { SyncState } from './sync-state.ts'

const runQuery = `query RunToConfirm($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { id state historyLineCount } }
}`

const filesQuery = `query RunFilesToConfirm($entity: String!, $project: String!, $name: String!, $fileNames: [String]) {
  project(name: $project, entityName: $entity) {
    run(name: $name) { files(names: $fileNames, first: 1000) { edges { node { name sizeBytes md5 } } } }
  }
}`

// Names in one question, so that it stays below any limit.
const filesPerQuestion = 100
const endedStates: ReadonlySet<string> = new Set(['finished', 'failed', 'crashed', 'killed', 'preempted'])

/** A run that was sent, and the server to be asked for it. */
export interface ConfirmRunOptions {
  readonly graphql: GraphqlOptions
  readonly runDirectory: string
  readonly state: SyncState
  readonly runId: string
  /** History rows of the journal. */
  readonly historyRowCount: number
}

/**
 * Asks a server whether it has a run wholly: its end, its rows, its files with their contents, its artifacts as versions.
 *
 * @returns what is missing; empty if nothing is.
 * @throws SendError when the server does not answer or refuses.
 */
export async function confirmRun(options: ConfirmRunOptions): Promise<string[]> {
  const { state, runId, graphql } = options
  const variables = { entity: state.entity, project: state.project, name: runId }
  const data = await requestGraphql('RunToConfirm', runQuery, variables, graphqlPolicy, graphql)
  const run = objectAt(data, 'project', 'run')
  if (textAt(run, 'id') === '') return ['the server does not have the run']
  const missing: string[] = []
  const runState = textAt(run, 'state')
  if (!endedStates.has(runState)) missing.push(`the run is ${runState || 'in no state'} on the server`)
  const lineCount = Number(run.historyLineCount ?? 0)
  const expectedCount = state.historyStart + options.historyRowCount
  // More rows are those of other folders of this run, and do not tell whether ours are among them.
  if (lineCount !== expectedCount)
    missing.push(`the server has ${lineCount} history rows where these are ${expectedCount}`)
  missing.push(...(await findMissingFiles(options, variables)))
  for (const { name, ...artifact } of Object.values(state.artifacts)) {
    const isThere = artifact.state === 'saved' && (await isCommitted(artifact.id, graphql))
    if (!isThere) missing.push(`artifact "${name}" is no version on the server`)
  }
  return missing
}

async function findMissingFiles(
  { graphql, runDirectory, state }: ConfirmRunOptions,
  variables: JsonObject,
): Promise<string[]> {
  const missing: string[] = []
  for (let index = 0; index < state.uploadedFiles.length; index += filesPerQuestion) {
    const fileNames = state.uploadedFiles.slice(index, index + filesPerQuestion)
    const data = await requestGraphql(
      'RunFilesToConfirm',
      filesQuery,
      { ...variables, fileNames },
      graphqlPolicy,
      graphql,
    )
    const { edges } = objectAt(data, 'project', 'run', 'files')
    const nodes = (Array.isArray(edges) ? edges : []).map((edge) => objectAt(edge, 'node'))
    const byName = new Map(nodes.map((node) => [textAt(node, 'name'), node]))
    for (const name of fileNames) {
      if (!(await isThere(join(runDirectory, 'files', name), byName.get(name)))) {
        missing.push(`file "${name}" is not on the server as it is here`)
      }
    }
  }
  return missing
}

/** A file that is not here either was never there, or made for the server alone. */
async function isThere(path: string, node: JsonObject | undefined): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  if (file === undefined || !file.isFile()) return true
  if (node === undefined || Number(node.sizeBytes) !== file.size) return false
  const md5 = textAt(node, 'md5')
  // Servers say "0" where they know none.
  return md5 === '' || md5 === '0' || md5 === (await digestFile(path, 'md5')).toString('base64')
}
