import { randomBytes } from 'node:crypto'
import {
  type AlertRecord,
  type FileStreamRequest,
  type JsonObject,
  type JsonValue,
  type RunState,
  stringifyJson,
} from '@lossline/protocol'
import { type GraphqlOptions, objectAt } from './graphql.ts'
import { sendRequest } from './http-client.ts'
import { type JournalWriter, readWriterNames } from './journal-writer.ts'
import { heartbeatPolicy, type RetryPolicy, streamPolicy } from './retry-policy.ts'
import { type RunAddress, readFeatures, toConfigJson, toUpsertVariables, upsertRun } from './run-api.ts'
import {
  type RunName,
  readServerConfig,
  readServerLines,
  rewindRun,
  type ServerLines,
  sendAlert,
  wasAnnouncedBy,
} from './run-questions.ts'

/** Ours: lines are numbered by writer, named with `X-Lossline-Writer`. */
const writersFeature = 'LOSSLINE_WRITERS'

/** What is said to the server about one run. */
export interface ServerSession {
  /** Undefined before the run was announced. */
  readonly address: RunAddress | undefined
  readonly historyLineCount: number
  /** Whether console lines are wanted as JSON objects. Known once the run is announced. */
  readonly isStructured: boolean
  /** The config of the run as the server is told it, as JSON. */
  configJson(state: RunState): string
  /** Whether the server has a feature switched on. */
  hasFeature(name: string): Promise<boolean>
  /** Whether the server numbers the lines of each writer by themselves. Known once the run is announced. */
  readonly numbersLinesByWriter: boolean
  /** Says with every request from now on who writes. */
  setWriter(writer: JournalWriter): void
  /**
   * Takes the run back to the step from which the journal goes on, before it is announced; nothing if it was announced by
   * the journal's writer before: what came since would be lost.
   */
  rewind(state: RunState): Promise<void>
  /** What the server has of the lines of an announced run. */
  readServerLines(): Promise<ServerLines>
  /**
   * Sends an alert.
   *
   * @throws SendError after two attempts.
   */
  alert(alert: AlertRecord): Promise<void>
  /** Announces the run, or tells what has changed since; nothing if nothing has. */
  update(state: RunState): Promise<void>
  /** Sends lines. `onStop` is called when the server asks for the end of the program. */
  post(request: FileStreamRequest): Promise<{ readonly isStopRequested: boolean }>
  /** One attempt of at most 10 s, without a word about failure. */
  heartbeat(): Promise<{ readonly isStopRequested: boolean }>
}

/** Makes the session. `entity`, `project` and `runId` replace what the journal says. */
export function createServerSession(options: {
  readonly graphql: GraphqlOptions
  readonly entity: string | undefined
  readonly project: string | undefined
  readonly runId?: string | undefined
}): ServerSession {
  let writer: JournalWriter | undefined
  const graphql: GraphqlOptions = {
    ...options.graphql,
    get headers() {
      return { ...options.graphql.headers, ...writerHeaders('X-WANDB-CLIENT-ID') }
    },
  }
  // Names this writer in the config where the journal does not.
  const writerId = randomBytes(16).toString('hex')
  let features: ReadonlySet<string> | undefined
  let address: RunAddress | undefined
  let historyLineCount = 0
  let sentVersion = -1
  let sentFields = ''
  let sentConfig = ''
  let earlierConfig: JsonObject = {}

  function runName({ run = {} }: RunState): RunName {
    return {
      runId: options.runId || (run.runId ?? ''),
      entity: options.entity || run.entity || '',
      project: options.project || run.project || '',
    }
  }

  function configJson(state: RunState): string {
    return toConfigJson(state, {
      writerId,
      sendsGlobs: features?.has('EXPAND_DEFINED_METRIC_GLOBS') ?? false,
      earlier: earlierConfig,
    })
  }

  async function upsert(state: RunState): Promise<void> {
    const { entity, project } = runName(state)
    // W&B's journal of a part that goes on with a run has only what that part set; its client asks for the rest, too.
    if (address === undefined && state.run?.resume) earlierConfig = await readServerConfig(runName(state), graphql)
    const own = toUpsertVariables(state, address?.entity ?? entity, address?.project ?? project)
    const fields = options.runId ? { ...own, name: options.runId } : own
    const config = configJson(state)
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

  function writerHeaders(idName: string): Record<string, string> {
    if (writer === undefined) return {}
    const own = features?.has(writersFeature) ? { 'X-Lossline-Writer': writer.name } : {}
    return writer.shared === undefined ? own : { ...own, 'X-WANDB-USE-ASYNC-FILESTREAM': 'true', [idName]: writer.name }
  }

  function streamHeaders(): Record<string, string> {
    return {
      ...options.graphql.headers,
      ...writerHeaders('X-WANDB-ASYNC-CLIENT-ID'),
      'Content-Type': 'application/json',
    }
  }

  function streamUrl({ entity, project, runId }: RunAddress): string {
    const path = [entity, project, runId].map(encodeURIComponent).join('/')
    return `${graphql.baseUrl}/files/${path}/file_stream`
  }

  async function postLines(to: RunAddress, body: string, policy: RetryPolicy): Promise<{ isStopRequested: boolean }> {
    let isStopRequested = false
    const parse = (text: string): void => {
      isStopRequested = readStopped(text)
    }
    await sendRequest({ method: 'POST', url: streamUrl(to), headers: streamHeaders(), body, parse }, policy, graphql)
    return { isStopRequested }
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
    get numbersLinesByWriter() {
      return features?.has(writersFeature) ?? false
    },
    setWriter(given) {
      writer = given
    },
    configJson,
    async rewind(state) {
      const { run = {} } = state
      const { branchPoint } = run
      if (branchPoint === undefined || branchPoint.run !== run.runId) return
      features ??= await readFeatures(graphql)
      const name = runName(state)
      if (await wasAnnouncedBy(readWriterNames(state), name, graphql)) return
      await rewindRun(name, branchPoint.value ?? 0, graphql)
    },
    async readServerLines() {
      if (address === undefined) throw new Error('the run was not announced')
      return readServerLines(address, graphql)
    },
    async alert(alert) {
      if (address !== undefined) await sendAlert(address, alert, graphql)
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
      return postLines(address, JSON.stringify(request), streamPolicy)
    },
    async heartbeat() {
      if (address === undefined) return { isStopRequested: false }
      try {
        return await postLines(address, '{}', heartbeatPolicy)
      } catch {
        // The next one may get through; until then the server only thinks of us as silent.
        return { isStopRequested: false }
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
