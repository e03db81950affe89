import { randomBytes } from 'node:crypto'
import {
  type FileStreamRequest,
  type JsonObject,
  type JsonValue,
  type RunState,
  stringifyJson,
} from '@lossline/protocol'
import { type GraphqlOptions, objectAt } from './graphql.ts'
import { sendRequest } from './http-client.ts'
import { streamPolicy } from './retry-policy.ts'
import { type RunAddress, readFeatures, toConfigJson, toUpsertVariables, upsertRun } from './run-api.ts'

/** What is said to the server about one run. */
export interface ServerSession {
  /** Undefined before the run was announced. */
  readonly address: RunAddress | undefined
  readonly historyLineCount: number
  /** Whether console lines are wanted as JSON objects. Known once the run is announced. */
  readonly isStructured: boolean
  /** Whether the server has a feature switched on. */
  hasFeature(name: string): Promise<boolean>
  /** Announces the run, or tells what has changed since; nothing if nothing has. */
  update(state: RunState): Promise<void>
  /** Sends lines. `onStop` is called when the server asks for the end of the program. */
  post(request: FileStreamRequest): Promise<{ readonly isStopRequested: boolean }>
  /** One attempt, without a word about failure. */
  heartbeat(): Promise<void>
}

/** Makes the session. `entity`, `project` and `runId` replace what the journal says. */
export function createServerSession(options: {
  readonly graphql: GraphqlOptions
  readonly entity: string | undefined
  readonly project: string | undefined
  readonly runId?: string | undefined
}): ServerSession {
  const { graphql } = options
  // Names this writer in the config where the journal does not.
  const writerId = randomBytes(16).toString('hex')
  let features: ReadonlySet<string> | undefined
  let address: RunAddress | undefined
  let historyLineCount = 0
  let sentVersion = -1
  let sentFields = ''
  let sentConfig = ''

  async function upsert(state: RunState): Promise<void> {
    const { run = {} } = state
    const entity = options.entity || run.entity || ''
    const project = options.project || run.project || ''
    const own = toUpsertVariables(state, address?.entity ?? entity, address?.project ?? project)
    const fields = options.runId ? { ...own, name: options.runId } : own
    const config = toConfigJson(state, writerId, features?.has('EXPAND_DEFINED_METRIC_GLOBS') ?? false)
    const fieldsText = stringifyJson({ ...fields, entity: null, project: null })
    if (address !== undefined && fieldsText === sentFields && config === sentConfig) return
    const { name = null, entity: entityName = null, project: projectName = null } = fields
    const variables: JsonObject =
      fieldsText === sentFields ? { name, entity: entityName, project: projectName, config } : { ...fields, config }
    const answer = await upsertRun(variables, graphql)
    if (address === undefined) historyLineCount = answer.historyLineCount
    address = answer.address
    sentFields = fieldsText
    sentConfig = config
  }

  function streamUrl({ entity, project, runId }: RunAddress): string {
    const path = [entity, project, runId].map(encodeURIComponent).join('/')
    return `${graphql.baseUrl}/files/${path}/file_stream`
  }

  return {
    get address() {
      return address
    },
    get historyLineCount() {
      return historyLineCount
    },
    get isStructured() {
      return features?.has('STRUCTURED_CONSOLE_LOGS') ?? false
    },
    async hasFeature(name) {
      features ??= await readFeatures(graphql)
      return features.has(name)
    },
    async update(state) {
      const { runVersion } = state
      if (runVersion === sentVersion) return
      features ??= await readFeatures(graphql)
      await upsert(state)
      sentVersion = runVersion
    },
    async post(request) {
      if (address === undefined) throw new Error('the run was not announced')
      let isStopRequested = false
      await sendRequest(
        {
          method: 'POST',
          url: streamUrl(address),
          headers: { ...graphql.headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(request),
          parse(text) {
            isStopRequested = readStopped(text)
          },
        },
        streamPolicy,
        graphql,
      )
      return { isStopRequested }
    },
    async heartbeat() {
      if (address === undefined) return
      try {
        const response = await graphql.fetch(streamUrl(address), {
          method: 'POST',
          headers: { ...graphql.headers, 'Content-Type': 'application/json' },
          body: '{}',
          signal: graphql.signal,
        })
        await response.text()
      } catch {
        // The next one may get through; until then the server only thinks of us as silent.
      }
    },
  }
}

/** A body that is no JSON says nothing, as for W&B's client: the lines were taken. */
function readStopped(text: string): boolean {
  try {
    return objectAt(JSON.parse(text) as JsonValue).stopped === true
  } catch {
    return false
  }
}
