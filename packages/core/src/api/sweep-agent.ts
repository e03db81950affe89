import { fromWireConfig, isJsonObject, type JsonObject, parseJson, stringifyJson } from '@lossline/protocol'
import { ServerRequestError } from '../errors.ts'
import type { ApiContext } from './api-context.ts'
import { UnsupportedByServerError } from './api-errors.ts'
import type { RequestOptions } from './listing.ts'
import { maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** What a sweep wants an agent to do. */
export type SweepCommand =
  /** End its runs, and itself. */
  | { readonly kind: 'exit' }
  /** End a run. */
  | { readonly kind: 'stop'; readonly runId: string }
  /** Start a run; `resume`: one that was interrupted, once more. */
  | {
      readonly kind: 'run' | 'resume'
      readonly runId: string
      /** Values of the sweep's parameters by name. */
      readonly settings: JsonObject
    }

/** A program that a sweep knows, and that asks it for runs. */
export interface SweepAgent {
  /** The server's own name for it. */
  readonly id: string
  /**
   * Tells the sweep that the agent is there, and asks what to do.
   *
   * @param runIds - Runs that it has. A sweep assigns another one only to an agent that has none.
   * @returns `undefined`: nothing for now; ask again in a few seconds.
   * @throws {@link ServerRequestError} with status 404 when the sweep is gone.
   */
  beat(runIds: readonly string[], options?: RequestOptions): Promise<SweepCommand | undefined>
  /** Whether somebody, or the sweep's early stopping, has wanted a run to end. */
  isStopRequested(runId: string, options?: RequestOptions): Promise<boolean>
}

const registerMutation = `mutation CreateAgent($host: String!, $projectName: String, $entityName: String, $sweep: String!) {
  createAgent(input: { host: $host, projectName: $projectName, entityName: $entityName, sweep: $sweep }) { agent { id } }
}`

const beatMutation = `mutation Heartbeat($id: ID!, $metrics: JSONString, $runState: JSONString) {
  agentHeartbeat(input: { id: $id, metrics: $metrics, runState: $runState }) { agent { id } commands }
}`

const stoppedQuery = `query RunStoppedStatus($entityName: String, $projectName: String, $runId: String!) {
  project(name: $projectName, entityName: $entityName) { run(name: $runId) { stopped } }
}`

/** Makes an agent known to a sweep. */
export async function registerSweepAgent(
  context: ApiContext,
  at: { readonly entity: string; readonly project: string; readonly sweepId: string },
  host: string,
  options: RequestOptions,
): Promise<SweepAgent> {
  const variables = { host, projectName: at.project, entityName: at.entity, sweep: at.sweepId }
  const answer = await context.ask('CreateAgent', registerMutation, variables, options)
  const id = maybeTextAt(maybeObjectAt(answer, 'createAgent', 'agent'), 'id')
  if (id === undefined) throw new UnsupportedByServerError('Registering an agent', context.placeName, undefined)
  return {
    id,
    async beat(runIds, beatOptions = {}) {
      const runState = stringifyJson(Object.fromEntries(runIds.map((runId) => [runId, true])))
      const told = await context.ask('Heartbeat', beatMutation, { id, metrics: '{}', runState }, beatOptions)
      return toCommand(maybeTextAt(maybeObjectAt(told, 'agentHeartbeat'), 'commands') ?? '[]', context.placeName)
    },
    async isStopRequested(runId, askOptions = {}) {
      const place = { entityName: at.entity, projectName: at.project, runId }
      const answer = await context.ask('RunStoppedStatus', stoppedQuery, place, askOptions)
      return maybeObjectAt(answer, 'project', 'run')?.stopped === true
    },
  }
}

/** A sweep gives one command at a time, in a list. */
function toCommand(text: string, placeName: string): SweepCommand | undefined {
  const commands = parseOrUndefined(text)
  if (!Array.isArray(commands)) throw unknownCommand(text, placeName)
  const [command] = commands
  if (command === undefined) return undefined
  const object = isJsonObject(command) ? command : undefined
  const kind = maybeTextAt(object, 'type')
  const runId = maybeTextAt(object, 'run_id')
  if (kind === 'exit') return { kind }
  if (kind === 'stop' && runId !== undefined) return { kind, runId }
  if ((kind === 'run' || kind === 'resume') && runId !== undefined) {
    return { kind, runId, settings: fromWireConfig(maybeObjectAt(object, 'args') ?? {}) }
  }
  throw unknownCommand(text, placeName)
}

function parseOrUndefined(text: string) {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function unknownCommand(text: string, placeName: string): ServerRequestError {
  const message = `${placeName} gave an agent a command that is not known: ${text.slice(0, 200)}`
  return new ServerRequestError({ message, hint: 'A newer version of lossline may know it.' })
}
