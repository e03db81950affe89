import type { RunResponse, SweepAgentsResponse, SweepResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { openTestServer, type TestServer } from './test-server.ts'

const list = '/api/projects/local/demo/sweeps'
const config = `method: grid
program: train.py
parameters:
  lr: {values: [0.1, 0.01]}
  opt: {parameters: {beta: {values: [0.9, 0.99]}}}
`
const create = `mutation ($input: CreateAgentInput!) { createAgent(input: $input) { agent { id name host state totalRuns } } }`
const beat = `mutation Heartbeat($id: ID!, $metrics: JSONString, $runState: JSONString) {
  agentHeartbeat(input: { id: $id, metrics: $metrics, runState: $runState }) { agent { id } commands }
}`

interface Agent {
  readonly id: string
  readonly name: string
}

async function openWithAgents(count = 1) {
  const test = await openTestServer()
  await test.upsert('before')
  const { sweep } = (await (await test.post(list, { config })).json()) as SweepResponse
  const register = async (host: string): Promise<Agent> => {
    const input = { host, sweep: sweep.name, projectName: 'demo', entityName: 'local' }
    return (await test.graphql<{ createAgent: { agent: Agent } }>(create, { input })).createAgent.agent
  }
  const agents: Agent[] = []
  for (let index = 0; index < count; index++) agents.push(await register(`box-${index}`))
  return { test, name: sweep.name, agents }
}

/** What an agent is told while it has these runs. */
async function hear(test: TestServer, { id }: Agent, ...runIds: readonly string[]): Promise<readonly object[]> {
  const runState = JSON.stringify(Object.fromEntries(runIds.map((runId) => [runId, true])))
  const told = await test.graphql<{ agentHeartbeat: { agent: Agent; commands: string } }>(beat, {
    id,
    metrics: '{}',
    runState,
  })
  expect(told.agentHeartbeat.agent.id).toBe(id)
  return JSON.parse(told.agentHeartbeat.commands)
}
const setState = async (test: TestServer, name: string, state: string): Promise<void> => {
  const headers = { 'content-type': 'application/json' }
  const response = await test.request(`${list}/${name}`, { method: 'PATCH', headers, body: JSON.stringify({ state }) })
  expect(response.status).toBe(200)
}
const stateOf = async (test: TestServer, runId: string) =>
  (await test.get<RunResponse>(`/api/runs/local/demo/${runId}`)).run

test('agents are registered and heard of, with the runs that they have', async () => {
  const { test, name, agents } = await openWithAgents(2)
  await using _ = test
  const [first, second] = agents as [Agent, Agent]
  expect(first).toEqual({
    id: expect.any(String),
    name: expect.stringMatching(/^[a-z0-9]{8}$/),
    host: 'box-0',
    state: 'RUNNING',
    totalRuns: 0,
  })
  const registeredAtMs = test.clock.now()
  await test.clock.advance(60_000)
  await test.upsert('r1', { sweep: name })
  expect(await hear(test, second, 'r1', 'r2')).toEqual([])
  const page = await test.get<SweepAgentsResponse>(`${list}/${name}/agents`)
  expect(page.agents.map(({ host, runCount, heartbeatAtMs }) => [host, runCount, heartbeatAtMs])).toEqual([
    ['box-1', 2, test.clock.now()],
    ['box-0', 0, registeredAtMs],
  ])
  expect(page.agents[0]!.current).toEqual([
    { runId: 'r1', displayName: (await stateOf(test, 'r1')).displayName },
    { runId: 'r2', displayName: null },
  ])
  await test.upsert('r2', { sweep: name })
  expect(await hear(test, second)).toEqual([{ type: 'exit' }])
  const query = `query ($name: String!, $agent: String!, $after: String) { project(name: "demo") { sweep(sweepName: $name) {
    heartbeatAt agents { edges { node { host } } }
    agent(agentName: $agent) { host totalRuns state heartbeatAt runs(first: 1, after: $after, order: "+created_at") {
      pageInfo { hasNextPage } edges { cursor node { name } } } } } } }`
  type Answer = { project: { sweep: { agent: { runs: { edges: { cursor: string; node: { name: string } }[] } } } } }
  const ask = async (agent: string, after?: string) =>
    (await test.graphql<Answer>(query, { name, agent, after })).project.sweep
  const sweep = await ask(second.name)
  expect(sweep).toMatchObject({
    heartbeatAt: new Date(test.clock.now()).toISOString(),
    agents: { edges: [{ node: { host: 'box-0' } }, { node: { host: 'box-1' } }] },
    agent: {
      host: 'box-1',
      totalRuns: 2,
      runs: { pageInfo: { hasNextPage: true }, edges: [{ node: { name: 'r1' } }] },
    },
  })
  const { cursor } = sweep.agent.runs.edges[0]!
  expect((await ask(second.id, cursor)).agent.runs.edges).toMatchObject([{ node: { name: 'r2' } }])
  expect((await ask('nobody')).agent).toBeNull()
  await test.clock.advance(5 * 60_000)
  expect((await ask(second.id)).agent).toMatchObject({ state: 'STOPPED' })
})

test('an agent of a sweep that has ended leaves, one of a paused one waits', async () => {
  const { test, name, agents } = await openWithAgents()
  await using _ = test
  const [agent] = agents as [Agent]
  await test.upsert('r1', { sweep: name })
  await setState(test, name, 'paused')
  expect([await hear(test, agent), await hear(test, agent, 'r1')]).toEqual([[], []])
  await setState(test, name, 'finished')
  expect(await hear(test, agent, 'r1')).toEqual([])
  expect(await hear(test, agent)).toEqual([{ type: 'exit' }])
  await setState(test, name, 'canceled')
  expect(await hear(test, agent, 'r1')).toEqual([{ type: 'exit' }])
})

test('a run that somebody stops is told to its agent until it is gone, and no other one is', async () => {
  const { test, name, agents } = await openWithAgents(2)
  await using _ = test
  const [agent, other] = agents as [Agent, Agent]
  for (const runId of ['r1', 'r2', 'r3']) await test.upsert(runId, { sweep: name })
  await test.request('/api/runs/local/demo/r2/stop', { method: 'POST' })
  expect(await hear(test, other, 'r3')).toEqual([])
  for (let times = 0; times < 2; times++) {
    expect(await hear(test, agent, 'r1', 'r2')).toEqual([{ type: 'stop', run_id: 'r2' }])
  }
  await test.stream('r2', { complete: true, exitcode: 1 })
  expect(await hear(test, agent, 'r1')).toEqual([])
})

test('a preempted run goes on at the first idle agent, is offered once more when nothing came of it, and then has failed', async () => {
  const { test, name, agents } = await openWithAgents(2)
  await using _ = test
  const [agent, other] = agents as [Agent, Agent]
  const values = { _wandb: { value: { t: {} } }, lr: { value: 0.1 }, opt: { value: { beta: 0.9 } }, own: { value: 1 } }
  const preempt = async (runId: string): Promise<void> => {
    await test.upsert(runId, { sweep: name, config: JSON.stringify(values) })
    await test.stream(runId, { preempting: true })
    await test.stream(runId, { complete: true, exitcode: 1 })
    expect((await stateOf(test, runId)).state).toBe('preempted')
  }
  await preempt('r1')
  await test.clock.advance(1000)
  await preempt('r2')
  const resume = (runId: string) => ({
    type: 'resume',
    run_id: runId,
    program: 'train.py',
    args: { lr: { value: 0.1 }, opt: { value: { beta: 0.9 } } },
    logs: [],
  })
  // Both ask at once: each gets its own.
  expect(await Promise.all([hear(test, agent), hear(test, other)])).toEqual([[resume('r1')], [resume('r2')]])
  expect((await stateOf(test, 'r1')).state).toBe('pending')
  // One begins; the other one's answer was lost, or its program died before it began.
  expect(await hear(test, agent, 'r1')).toEqual([])
  await test.upsert('r1', { sweep: name })
  expect(await hear(test, agent)).toEqual([{ type: 'exit' }])
  expect(await hear(test, other)).toEqual([resume('r2')])
  expect(await hear(test, other)).toEqual([{ type: 'exit' }])
  expect(await stateOf(test, 'r2')).toMatchObject({
    state: 'failed',
    stateCause: expect.stringContaining('never began'),
  })
  expect((await stateOf(test, 'r1')).state).toBe('running')
})

test('an agent that is not known, or whose sweep is gone, is told by the status alone', async () => {
  const { test, name, agents } = await openWithAgents()
  await using _ = test
  const [agent] = agents as [Agent]
  const ask = (query: string, variables: object) => test.post('/graphql', { query, variables })
  expect((await ask(beat, { id: 'bm9ib2R5', runState: '{}' })).status).toBe(404)
  expect((await ask(create, { input: { host: 'box', sweep: 'nosweep1', projectName: 'demo' } })).status).toBe(404)
  expect((await ask(beat, { id: agent.id, runState: '[' })).status).toBe(400)
  await test.request(`${list}/${name}`, { method: 'DELETE' })
  const gone = await ask(beat, { id: agent.id, runState: '{}' })
  expect([gone.status, await gone.json()]).toMatchObject([404, { errors: [{ message: expect.any(String) }] }])
})
