import { stringifyJson, toWireConfig, unwrapConfig } from '@lossline/protocol'
import type { AgentCommand } from '../domain/sweeps/sweep-agents.ts'
import { assertNever, ServerError } from '../errors.ts'
import { parseGlobalId } from './artifacts/global-ids.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { parseJsonObject } from './parse-json-object.ts'
import { requireSweep } from './require-sweep.ts'
import { toWireAgent } from './wire-agent.ts'

type Maybe<T> = T | null | undefined

interface CreateAgentInput {
  readonly host: string
  readonly sweep: string
  readonly projectName?: Maybe<string>
  readonly entityName?: Maybe<string>
}
interface EnqueueSweepRunInput {
  readonly id: string
  /** JSON: values of parameters by name, each in an object under `value` or not. */
  readonly config: string
  readonly displayName?: Maybe<string>
}
interface AgentHeartbeatInput {
  readonly id: string
  /** JSON: the runs that the agent has, each `true`. */
  readonly runState?: Maybe<string>
}

/** What W&B's agents call. A sweep or agent that is gone is answered by HTTP 404, at which alone they end. */
export function createSweepAgentMutations(services: WandbServices): WireObject {
  const { store, projects, sweeps, sweepAgents } = services
  return {
    createAgent: async ({ input }: { input: CreateAgentInput }, { identity }: WandbContext) => {
      const at = { entity: input.entityName || identity.defaultEntity, project: input.projectName || 'uncategorized' }
      const project = await projects.existing(at)
      const sweep = await sweeps.existing(project, input.sweep)
      const agent = await sweepAgents.register(sweep, { host: input.host, username: identity.username })
      return { agent: toWireAgent(agent, project, services) }
    },
    enqueueSweepRun: async ({ input }: { input: EnqueueSweepRunInput }, { identity }: WandbContext) => {
      const { project, sweep } = await requireSweep(store, input.id)
      const run = await sweepAgents.enqueue(project, sweep, {
        settings: unwrapConfig(parseJsonObject(input.config, 'config')),
        displayName: input.displayName ?? undefined,
        username: identity.username,
      })
      return { id: String(run.id), runQueueItemId: null }
    },
    agentHeartbeat: async ({ input }: { input: AgentHeartbeatInput }) => {
      const id = parseGlobalId('Agent', input.id) ?? 0 // No agent has this one.
      const { agent, command } = await sweepAgents.hear(id, parseRunState(input.runState))
      const [sweep] = await store.sweeps({ id: agent.sweep })
      const project = sweep && (await store.projectById(sweep.projectId))
      if (project === undefined) throw new ServerError({ code: 'not-found', message: 'The project is gone.' })
      return {
        agent: toWireAgent(agent, project, services),
        commands: stringifyJson(command === undefined ? [] : [toWireCommand(command)]),
      }
    },
  }
}

function toWireCommand(command: AgentCommand) {
  switch (command.kind) {
    case 'exit':
      return { type: 'exit' }
    case 'stop':
      return { type: 'stop', run_id: command.runId }
    case 'run':
    case 'resume': {
      const { kind, runId, program = '', settings } = command
      // Agents of scripts read the program whether there is one or not.
      return { type: kind, run_id: runId, program, args: toWireConfig(settings), logs: [] }
    }
    default:
      return assertNever(command)
  }
}

/** Those of the runs that the text says are there. */
function parseRunState(text: Maybe<string>): readonly string[] {
  if (text == null || text === '') return []
  return Object.entries(parseJsonObject(text, 'runState')).flatMap(([runId, isThere]) => (isThere ? [runId] : []))
}
