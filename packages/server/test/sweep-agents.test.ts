import type { SweepAgentsResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { createAgentDocument, heartbeatDocument, openTestSweep, sweepList, type TestAgent } from './sweep-client.ts'

const config = `method: grid
program: train.py
parameters:
  lr: {values: [0.1, 0.01]}
  opt: {parameters: {beta: {values: [0.9, 0.99]}}}
`

test('agents are registered and heard of, with the runs that they have', async () => {
  await using sweep = await openTestSweep(config, { agentCount: 2 })
  const { test, name, agents } = sweep
  const [first, second] = agents as [TestAgent, TestAgent]
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
  expect(await sweep.hear(second, 'r1', 'r2')).toEqual([])
  const page = await test.get<SweepAgentsResponse>(`${sweepList}/${name}/agents`)
  expect(page.agents.map(({ host, runCount, heartbeatAtMs }) => [host, runCount, heartbeatAtMs])).toEqual([
    ['box-1', 2, test.clock.now()],
    ['box-0', 0, registeredAtMs],
  ])
  expect(page.agents[0]!.current).toEqual([
    { runId: 'r1', displayName: (await sweep.run('r1')).displayName },
    { runId: 'r2', displayName: null },
  ])
  await test.upsert('r2', { sweep: name })
  await sweep.setState('finished')
  expect(await sweep.hear(second)).toEqual([{ type: 'exit' }])
  const query = `query ($name: String!, $agent: String!, $after: String) { project(name: "demo") { sweep(sweepName: $name) {
    heartbeatAt agents { edges { node { host } } }
    agent(agentName: $agent) { host totalRuns state heartbeatAt runs(first: 1, after: $after, order: "+created_at") {
      pageInfo { hasNextPage } edges { cursor node { name } } } } } } }`
  type Answer = { project: { sweep: { agent: { runs: { edges: { cursor: string; node: { name: string } }[] } } } } }
  const ask = async (agent: string, after?: string) =>
    (await test.graphql<Answer>(query, { name, agent, after })).project.sweep
  const told = await ask(second.name)
  expect(told).toMatchObject({
    heartbeatAt: new Date(test.clock.now()).toISOString(),
    agents: { edges: [{ node: { host: 'box-0' } }, { node: { host: 'box-1' } }] },
    agent: {
      host: 'box-1',
      totalRuns: 2,
      runs: { pageInfo: { hasNextPage: true }, edges: [{ node: { name: 'r1' } }] },
    },
  })
  const { cursor } = told.agent.runs.edges[0]!
  expect((await ask(second.id, cursor)).agent.runs.edges).toMatchObject([{ node: { name: 'r2' } }])
  expect((await ask('nobody')).agent).toBeNull()
  await test.clock.advance(5 * 60_000)
  expect((await ask(second.id)).agent).toMatchObject({ state: 'STOPPED' })
})

test('an agent of a sweep that has ended leaves, one of a paused one waits', async () => {
  await using sweep = await openTestSweep(config)
  const { test, name, agents } = sweep
  const [agent] = agents as [TestAgent]
  await test.upsert('r1', { sweep: name })
  await sweep.setState('paused')
  expect([await sweep.hear(agent), await sweep.hear(agent, 'r1')]).toEqual([[], []])
  await sweep.setState('finished')
  expect(await sweep.hear(agent, 'r1')).toEqual([])
  expect(await sweep.hear(agent)).toEqual([{ type: 'exit' }])
  await sweep.setState('canceled')
  expect(await sweep.hear(agent, 'r1')).toEqual([{ type: 'exit' }])
})

test('a run that somebody stops is told to its agent until it is gone, and no other one is', async () => {
  await using sweep = await openTestSweep(config, { agentCount: 2 })
  const { test, name, agents } = sweep
  const [agent, other] = agents as [TestAgent, TestAgent]
  for (const runId of ['r1', 'r2', 'r3']) await test.upsert(runId, { sweep: name })
  await test.request('/api/runs/local/demo/r2/stop', { method: 'POST' })
  expect(await sweep.hear(other, 'r3')).toEqual([])
  for (let times = 0; times < 2; times++) {
    expect(await sweep.hear(agent, 'r1', 'r2')).toEqual([{ type: 'stop', run_id: 'r2' }])
  }
  await test.stream('r2', { complete: true, exitcode: 1 })
  expect(await sweep.hear(agent, 'r1')).toEqual([])
})

test('a preempted run goes on at the first idle agent, is offered once more when nothing came of it, and then has failed', async () => {
  await using sweep = await openTestSweep(config, { agentCount: 2 })
  const { test, name, agents } = sweep
  const [agent, other] = agents as [TestAgent, TestAgent]
  const values = { _wandb: { value: { t: {} } }, lr: { value: 0.1 }, opt: { value: { beta: 0.9 } }, own: { value: 1 } }
  const preempt = async (runId: string): Promise<void> => {
    await test.upsert(runId, { sweep: name, config: JSON.stringify(values) })
    await test.stream(runId, { preempting: true })
    await test.stream(runId, { complete: true, exitcode: 1 })
    expect((await sweep.run(runId)).state).toBe('preempted')
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
  expect(await Promise.all([sweep.hear(agent), sweep.hear(other)])).toEqual([[resume('r1')], [resume('r2')]])
  expect((await sweep.run('r1')).state).toBe('pending')
  // One begins; the other one's answer was lost, or its program died before it began.
  expect(await sweep.hear(agent, 'r1')).toEqual([])
  await test.upsert('r1', { sweep: name })
  const isNew = [{ type: 'run', run_id: expect.not.stringMatching(/^r/) }]
  expect(await sweep.hear(agent)).toMatchObject(isNew)
  expect(await sweep.hear(other)).toEqual([resume('r2')])
  expect(await sweep.hear(other)).toMatchObject(isNew)
  expect(await sweep.run('r2')).toMatchObject({
    state: 'failed',
    stateCause: expect.stringContaining('never began'),
  })
  expect((await sweep.run('r1')).state).toBe('running')
})

test('an agent that is not known, or whose sweep is gone, is told by the status alone', async () => {
  await using sweep = await openTestSweep(config)
  const { test, name, agents } = sweep
  const [agent] = agents as [TestAgent]
  const ask = (query: string, variables: object) => test.post('/graphql', { query, variables })
  expect((await ask(heartbeatDocument, { id: 'bm9ib2R5', runState: '{}' })).status).toBe(404)
  expect(
    (await ask(createAgentDocument, { input: { host: 'box', sweep: 'nosweep1', projectName: 'demo' } })).status,
  ).toBe(404)
  expect((await ask(heartbeatDocument, { id: agent.id, runState: '[' })).status).toBe(400)
  await test.request(`${sweepList}/${name}`, { method: 'DELETE' })
  const gone = await ask(heartbeatDocument, { id: agent.id, runState: '{}' })
  expect([gone.status, await gone.json()]).toMatchObject([404, { errors: [{ message: expect.any(String) }] }])
})
