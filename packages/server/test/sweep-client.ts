import type { RunResponse, SweepResponse } from '@lossline/protocol'
import { expect } from 'vitest'
import { historyLines, type OpenTestServerOptions, openTestServer, type TestServer } from './test-server.ts'

/** Where the project's sweeps are. */
export const sweepList = '/api/projects/local/demo/sweeps'
export const createAgentDocument = `mutation ($input: CreateAgentInput!) { createAgent(input: $input) { agent { id name host state totalRuns } } }`
export const heartbeatDocument = `mutation Heartbeat($id: ID!, $metrics: JSONString, $runState: JSONString) {
  agentHeartbeat(input: { id: $id, metrics: $metrics, runState: $runState }) { agent { id } commands }
}`

/** A command as agents read it. */
export interface WireCommand {
  readonly type: string
  readonly run_id?: string
  readonly program?: string
  readonly args?: Readonly<Record<string, { readonly value: unknown }>>
}

/** An agent as the server tells of it. */
export interface TestAgent {
  readonly id: string
  readonly name: string
}

/** A sweep on a test server, and what agents do with it. */
export interface TestSweep extends AsyncDisposable {
  readonly test: TestServer
  readonly name: string
  readonly agents: readonly TestAgent[]
  register(host: string): Promise<TestAgent>
  /** What an agent is told while it has these runs. */
  hear(agent: TestAgent, ...runIds: readonly string[]): Promise<readonly WireCommand[]>
  /** An idle agent asks, is given a new run, and begins it as scripts do. */
  begin(agent: TestAgent): Promise<{ readonly runId: string; readonly settings: Record<string, unknown> }>
  /** Logs values of the metric `loss`. */
  log(runId: string, values: readonly number[], fromStep?: number): Promise<void>
  finish(runId: string, exitCode?: number): Promise<void>
  setState(state: string): Promise<void>
  state(): Promise<string>
  run(runId: string): Promise<RunResponse['run']>
}

/**
 * @param options.agentCount - As many agents are registered.
 * @param options.name - What chance suggests follows from it. Default: a generated one.
 */
export async function openTestSweep(
  config: string,
  {
    agentCount = 1,
    name: given,
    ...serverOptions
  }: { readonly agentCount?: number; readonly name?: string } & Pick<OpenTestServerOptions, 'wrapStore'> = {},
): Promise<TestSweep> {
  const test = await openTestServer(serverOptions)
  await test.upsert('before')
  const name = given ?? ((await (await test.post(sweepList, { config })).json()) as SweepResponse).sweep.name
  if (given !== undefined) {
    const project = (await test.store.project('local', 'demo'))!.id
    const { now } = test.clock
    await test.store.write([{ kind: 'put-sweep', project, name, fields: { config }, username: '', nowMs: now() }])
  }
  const register = async (host: string): Promise<TestAgent> => {
    const input = { host, sweep: name, projectName: 'demo', entityName: 'local' }
    return (await test.graphql<{ createAgent: { agent: TestAgent } }>(createAgentDocument, { input })).createAgent.agent
  }
  const hear = async ({ id }: TestAgent, ...runIds: readonly string[]): Promise<readonly WireCommand[]> => {
    const runState = JSON.stringify(Object.fromEntries(runIds.map((runId) => [runId, true])))
    const told = await test.graphql<{ agentHeartbeat: { agent: TestAgent; commands: string } }>(heartbeatDocument, {
      id,
      metrics: '{}',
      runState,
    })
    expect(told.agentHeartbeat.agent.id).toBe(id)
    return JSON.parse(told.agentHeartbeat.commands)
  }
  const agents: TestAgent[] = []
  for (let index = 0; index < agentCount; index++) agents.push(await register(`box-${index}`))
  return {
    test,
    name,
    agents,
    register,
    hear,
    begin: async (agent) => {
      const [command] = await hear(agent)
      expect(command).toMatchObject({ type: 'run', run_id: expect.stringMatching(/^[a-z0-9]{8}$/) })
      const { run_id: runId = '', args = {} } = command ?? {}
      const config = JSON.stringify({ ...args, _wandb: { value: { t: {} } } })
      await test.upsert(runId, { sweep: name, config })
      return { runId, settings: Object.fromEntries(Object.entries(args).map(([key, { value }]) => [key, value])) }
    },
    log: async (runId, values, fromStep = 0) => {
      const content = historyLines(
        fromStep,
        values.map((loss) => ({ loss })),
      )
      const summary = JSON.stringify({ loss: values.at(-1) })
      const files = {
        'wandb-history.jsonl': { offset: fromStep, content },
        'wandb-summary.json': { offset: 0, content: [summary] },
      }
      expect((await test.stream(runId, { files })).status).toBe(200)
    },
    finish: async (runId, exitcode = 0) => {
      expect((await test.stream(runId, { complete: true, exitcode })).status).toBe(200)
    },
    setState: async (state) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ state })
      expect((await test.request(`${sweepList}/${name}`, { method: 'PATCH', headers, body })).status).toBe(200)
    },
    state: async () => (await test.get<SweepResponse>(`${sweepList}/${name}`)).sweep.state,
    run: async (runId) => (await test.get<RunResponse>(`/api/runs/local/demo/${runId}`)).run,
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  }
}
