import { expect, test } from 'vitest'
import { openTestSweep, sweepList, type TestAgent } from './sweep-client.ts'
import { historyLines } from './test-server.ts'

const grid = `method: grid
program: train.py
parameters:
  lr: {values: [0.1, 0.01]}
  depth: {min: 1, max: 2}
`

test('agents share a grid: each point once, also where they ask at the same time, and the sweep ends with its last run', async () => {
  await using sweep = await openTestSweep(grid, { agentCount: 2 })
  const [first, second] = sweep.agents as [TestAgent, TestAgent]
  expect(await sweep.state()).toBe('pending')
  const points: unknown[] = []
  for (let round = 0; round < 2; round++) {
    const begun = await Promise.all([sweep.begin(first), sweep.begin(second)])
    expect(await sweep.state()).toBe('running')
    for (const { runId, settings } of begun) {
      points.push([settings.depth, settings.lr])
      expect(await sweep.run(runId)).toMatchObject({
        state: 'running',
        displayName: expect.stringMatching(/-sweep-\d$/),
      })
    }
    if (round === 0) for (const { runId } of begun) await sweep.finish(runId)
    else {
      // The other one may still come to nothing.
      await sweep.finish(begun[0].runId)
      expect(await sweep.hear(first)).toEqual([])
      await sweep.finish(begun[1].runId, 1)
    }
  }
  expect(points.toSorted()).toEqual([
    [1, 0.01],
    [1, 0.1],
    [2, 0.01],
    [2, 0.1],
  ])
  expect(await sweep.hear(first)).toEqual([{ type: 'exit' }])
  expect(await sweep.state()).toBe('finished')
  expect(await sweep.hear(second)).toEqual([{ type: 'exit' }])
})

test('a run that nobody began goes to the next agent once the one that was given it is silent, and no point is lost', async () => {
  await using sweep = await openTestSweep(grid)
  const [gone] = sweep.agents as [TestAgent]
  const [lost] = await sweep.hear(gone)
  const next = await sweep.register('next')
  const { settings } = await sweep.begin(next)
  expect(settings).not.toEqual({ lr: lost!.args!.lr!.value, depth: lost!.args!.depth!.value })
  await sweep.test.clock.advance(5 * 60_000)
  expect(await sweep.hear(next)).toEqual([lost])
})

test('prior runs count as points of the grid, and not as runs of the sweep', async () => {
  await using sweep = await openTestSweep(grid)
  const { test: server, agents } = sweep
  await server.upsert('old', { config: JSON.stringify({ lr: { value: 0.1 }, depth: { value: 1 } }) })
  const document = `mutation ($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { name runCount } } }`
  const input = {
    config: `${grid}run_cap: 2\n`,
    entityName: 'local',
    projectName: 'demo',
    priorRunsFilters: '{"$or":[{"name":"old"}]}',
  }
  const { upsertSweep } = await server.graphql<{ upsertSweep: { sweep: { name: string } } }>(document, { input })
  expect(upsertSweep.sweep).toMatchObject({ runCount: 0 })
  const register = { host: 'box', sweep: upsertSweep.sweep.name, projectName: 'demo', entityName: 'local' }
  const create = `mutation ($input: CreateAgentInput!) { createAgent(input: $input) { agent { id name } } }`
  const { createAgent } = await server.graphql<{ createAgent: { agent: TestAgent } }>(create, { input: register })
  expect(agents).toHaveLength(1)
  for (const depth of [1, 2]) {
    const [command] = await sweep.hear(createAgent.agent)
    expect(command?.args).toEqual({ depth: { value: depth }, lr: { value: depth === 1 ? 0.01 : 0.1 } })
    await server.upsert(command!.run_id!, { sweep: upsertSweep.sweep.name })
    await sweep.finish(command!.run_id!)
  }
  // The grid has one point more, which the cap leaves out.
  expect(await sweep.hear(createAgent.agent)).toEqual([{ type: 'exit' }])
})

test('a random search goes on to its cap; runs that died before they had anything to say use nothing up', async () => {
  await using sweep = await openTestSweep(
    'method: random\nrun_cap: 2\nparameters: {lr: {min: 0.0, max: 1.0}, b: {value: x}}\n',
  )
  const [agent] = sweep.agents as [TestAgent]
  const values: unknown[] = []
  for (const exitCode of [137, 0, 0]) {
    const { runId, settings } = await sweep.begin(agent)
    expect(settings).toEqual({ lr: expect.any(Number), b: 'x' })
    values.push(settings.lr)
    if (exitCode === 0) {
      await sweep.log(runId, [1])
      await sweep.finish(runId)
      continue
    }
    await sweep.test.request(`/api/runs/local/demo/${runId}/stop`, { method: 'POST' })
    await sweep.finish(runId, exitCode)
    expect((await sweep.run(runId)).state).toBe('killed')
  }
  expect(new Set(values).size).toBe(3)
  expect(await sweep.hear(agent)).toEqual([{ type: 'exit' }])
})

test('a Bayesian search learns from what runs reach, and ends when one reaches the target', async () => {
  await using sweep = await openTestSweep(
    `method: bayes
metric: {name: loss, goal: minimize, target: 0.0001}
parameters:
  x: {min: 0.0, max: 1.0}
`,
    { name: 'basin' },
  )
  const [agent] = sweep.agents as [TestAgent]
  const tried: number[] = []
  while (tried.length < 30) {
    const [command] = await sweep.hear(agent)
    if (command?.type === 'exit') break
    const x = Number(command?.args?.x?.value)
    tried.push(x)
    await sweep.test.upsert(command!.run_id!, { sweep: sweep.name })
    await sweep.log(command!.run_id!, [1, (x - 0.3) ** 2])
    await sweep.finish(command!.run_id!)
    await sweep.test.clock.advance(5000)
  }
  // The first four are spread, and not near; by chance it would take about fifty runs.
  expect(tried.length).toBeGreaterThan(4)
  expect(tried.length).toBeLessThan(20)
  expect(Math.abs(tried.at(-1)! - 0.3)).toBeLessThanOrEqual(0.01)
  expect(await sweep.state()).toBe('finished')
})

test('hyperband stops what does badly, as in W&B’s example, and it is told until the run is gone', async () => {
  await using sweep = await openTestSweep(
    `method: random
metric: {name: loss, goal: minimize}
early_terminate: {type: hyperband, max_iter: 5, eta: 2, s: 2}
parameters: {lr: {min: 0.0, max: 1.0}}
`,
    { agentCount: 5 },
  )
  const histories = [
    [10, 9],
    [10, 10],
    [10, 8, 8],
    [10, 7, 7],
    [10, 6, 6],
  ]
  const runIds: string[] = []
  for (const [index, agent] of sweep.agents.entries()) {
    const { runId } = await sweep.begin(agent)
    runIds.push(runId)
    await sweep.log(runId, histories[index]!)
  }
  for (const index of [0, 4]) await sweep.finish(runIds[index]!)
  await sweep.test.clock.advance(5000)
  const told = async () => {
    const live = sweep.agents.flatMap((agent, index) =>
      index === 0 || index === 4 ? [] : [[agent, runIds[index]!] as const],
    )
    return Promise.all(live.map(([agent, runId]) => sweep.hear(agent, runId)))
  }
  for (let times = 0; times < 2; times++) expect(await told()).toEqual([[{ type: 'stop', run_id: runIds[1] }], [], []])
  // Programs that look for themselves hear of it, too.
  expect(await (await sweep.test.stream(runIds[1]!, {})).json()).toMatchObject({ stopped: true })
  expect(await (await sweep.test.stream(runIds[2]!, {})).json()).not.toMatchObject({ stopped: true })
})

const judged = `method: random
metric: {name: loss, goal: minimize, target: 0.1}
early_terminate: {type: hyperband, min_iter: 1, eta: 2}
parameters: {lr: {min: 0.0, max: 1.0}}
`

test('runs that join a sweep without an agent are judged too, once for all that is new, and end it at its target', async () => {
  let readCount = 0
  await using sweep = await openTestSweep(judged, {
    agentCount: 0,
    wrapStore: (store) => ({
      ...store,
      sweepTrials: (query) => {
        readCount += 1
        return store.sweepTrials(query)
      },
    }),
  })
  const { test: server, name } = sweep
  const isStopped = async (runId: string) => (await sweep.run(runId)).isStopRequested
  for (const [runId, loss] of Object.entries({ good: 1, better: 0.5, bad: 9 })) {
    await server.upsert(runId, { sweep: name })
    await sweep.log(runId, [loss])
    await server.clock.advance(500)
  }
  expect(await isStopped('bad')).toBe(false)
  await server.clock.advance(500)
  await expect.poll(() => isStopped('bad')).toBe(true)
  expect([await isStopped('good'), await isStopped('better'), readCount]).toEqual([false, false, 1])
  // Nothing is new: nothing is judged.
  await server.clock.advance(60_000)
  expect(readCount).toBe(1)
  await sweep.finish('bad', 1)
  await sweep.log('better', [0.05], 1)
  expect(await sweep.state()).toBe('running')
  await server.clock.advance(2000)
  await expect.poll(() => sweep.state()).toBe('finished')
  expect(readCount).toBe(2)
})

test('a run whose summary keeps the least value alone ends a sweep at its target', async () => {
  await using sweep = await openTestSweep(judged, { agentCount: 0 })
  await sweep.test.upsert('a', { sweep: sweep.name, summaryMetrics: JSON.stringify({ loss: { min: 0.05 } }) })
  await sweep.finish('a')
  await sweep.test.clock.advance(2000)
  await expect.poll(() => sweep.state()).toBe('finished')
})

test('runs of a sweep that stops none, or of nobody, are not looked at when they log', async () => {
  let readCount = 0
  await using sweep = await openTestSweep(grid, {
    agentCount: 0,
    wrapStore: (store) => ({
      ...store,
      sweeps: (query) => {
        readCount += Number('project' in query)
        return store.sweeps(query)
      },
      sweepTrials: () => expect.unreachable(),
    }),
  })
  await sweep.test.upsert('own', { sweep: sweep.name })
  const before = readCount
  await sweep.log('before', [1])
  await sweep.test.clock.advance(5000)
  expect(readCount - before).toBe(0)
  await sweep.log('own', [1])
  await sweep.test.clock.advance(5000)
  // Only its configuration is.
  await expect.poll(() => readCount - before).toBe(1)
})

test('a run that is sent long after it was made has no program to stop', async () => {
  await using sweep = await openTestSweep(judged, { agentCount: 0 })
  const { test: server, name } = sweep
  for (const [runId, loss] of Object.entries({ good: 1, better: 0.5, fair: 2, bad: 8 })) {
    await server.upsert(runId, { sweep: name })
    await sweep.log(runId, [loss])
  }
  const sendOld = async (path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const request = new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const heardAtMs = server.clock.now() - 10 * 60_000
    expect((await server.server.fetchInProcess(request, { heardAtMs })).status).toBe(200)
  }
  const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
  await sendOld('/graphql', { query, variables: { input: { name: 'old', modelName: 'demo', sweep: name } } })
  const files = { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 9 }]) } }
  await sendOld('/files/local/demo/old/file_stream', { files })
  expect((await sweep.run('old')).state).toBe('running')
  await server.clock.advance(2000)
  await expect.poll(async () => (await sweep.run('bad')).isStopRequested).toBe(true)
  expect((await sweep.run('old')).isStopRequested).toBe(false)
})

test('a controller of the user’s own says what comes next and what ends', async () => {
  await using sweep = await openTestSweep(
    'method: random\ncontroller: {type: local}\nparameters: {lr: {min: 0.0, max: 1.0}}\n',
  )
  const [agent] = sweep.agents as [TestAgent]
  const { name, test: server } = sweep
  type Told = { project: { sweep: { id: string; scheduler: string | null } } }
  const ask = async () =>
    (
      await server.graphql<Told>(
        'query ($name: String!) { project(name: "demo") { sweep(sweepName: $name) { id scheduler } } }',
        { name },
      )
    ).project.sweep
  const { id } = await ask()
  const say = (controller: object) =>
    server.graphql('mutation ($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { name } } }', {
      input: { id, controller: JSON.stringify(controller) },
    })
  expect(await sweep.hear(agent)).toEqual([])
  const schedule = [{ id: 'first', data: { args: { lr: { value: 0.5 } } } }]
  await say({ schedule })
  const { runId, settings } = await sweep.begin(agent)
  expect(settings).toEqual({ lr: 0.5 })
  expect(JSON.parse((await ask()).scheduler!)).toEqual({ scheduled: [{ id: 'first', runid: runId }] })
  await say({ schedule, earlystop: [runId] })
  await server.clock.advance(5000)
  expect(await sweep.hear(agent, runId)).toEqual([{ type: 'stop', run_id: runId }])
  await sweep.finish(runId, 143)
  expect(await sweep.hear(agent)).toEqual([])
  await say({ schedule: [...schedule, { id: 'odd' }, { id: 'odder', data: { args: 'x' } }] })
  expect(await sweep.hear(agent)).toEqual([])
  await say({ schedule: [...schedule, { id: 'last', data: { args: null } }] })
  expect(await sweep.hear(agent)).toEqual([{ type: 'exit' }])
  expect(await sweep.state()).toBe('finished')
})

test('settings that somebody chose come before those of the search, and need a sweep that goes on', async () => {
  await using sweep = await openTestSweep(grid)
  const [agent] = sweep.agents as [TestAgent]
  const { name, test: server } = sweep
  const { project } = await server.graphql<{ project: { sweep: { id: string } } }>(
    'query ($name: String!) { project(name: "demo") { sweep(sweepName: $name) { id } } }',
    { name },
  )
  const enqueue = (config: string) => {
    const query = 'mutation ($input: EnqueueSweepRunInput!) { enqueueSweepRun(input: $input) { id runQueueItemId } }'
    return server.post('/graphql', {
      query,
      variables: { input: { id: project.sweep.id, config, displayName: 'mine' } },
    })
  }
  expect((await enqueue('{"depth":{"value":2},"lr":0.5}')).status).toBe(200)
  for (const settings of ['[]', '{']) {
    const refused = await enqueue(settings)
    const { errors } = (await refused.json()) as { errors: readonly { message: string }[] }
    expect([refused.status, errors[0]!.message]).toEqual([400, 'config is no JSON object.'])
  }
  const first = await sweep.begin(agent)
  expect(first.settings).toEqual({ depth: 2, lr: 0.5 })
  expect(await sweep.run(first.runId)).toMatchObject({ displayName: 'mine', sweepId: name })
  await sweep.finish(first.runId)
  expect((await sweep.begin(agent)).settings).toEqual({ depth: 1, lr: 0.1 })
  await sweep.setState('finished')
  expect((await enqueue('{"depth":2}')).status).toBe(400)
})

test('a run that was preempted goes to the next agent though another one, which had it before, is still there', async () => {
  await using sweep = await openTestSweep(grid, { agentCount: 3 })
  const [first, second, third] = sweep.agents as [TestAgent, TestAgent, TestAgent]
  const { runId } = await sweep.begin(first)
  await sweep.test.stream(runId, { preempting: true })
  await sweep.finish(runId, 1)
  expect((await sweep.run(runId)).state).toBe('preempted')
  expect(await sweep.hear(second)).toMatchObject([{ type: 'resume', run_id: runId }])
  // Nothing came of that, and the second one is gone; the first one goes on asking.
  await sweep.test.clock.advance(4 * 60_000)
  const begun = await sweep.begin(first)
  await sweep.test.clock.advance(2 * 60_000)
  expect(await sweep.hear(first, begun.runId)).toEqual([])
  expect(await sweep.hear(third)).toMatchObject([{ type: 'resume', run_id: runId }])
})

test('what is paused or ended while an agent asks stays so, and runs that wait for an agent end with their sweep', async () => {
  await using sweep = await openTestSweep(
    'method: bayes\nmetric: {name: loss, target: 1}\nparameters: {x: {min: 0.0, max: 1.0}}\n',
  )
  const [agent] = sweep.agents as [TestAgent]
  const { runId } = await sweep.begin(agent)
  const { project } = await sweep.test.graphql<{ project: { sweep: { id: string } } }>(
    'query ($name: String!) { project(name: "demo") { sweep(sweepName: $name) { id } } }',
    { name: sweep.name },
  )
  await sweep.test.graphql('mutation ($input: EnqueueSweepRunInput!) { enqueueSweepRun(input: $input) { id } }', {
    input: { id: project.sweep.id, config: '{"x":0.5}', displayName: 'waits' },
  })
  await sweep.log(runId, [0.5])
  await sweep.finish(runId)
  await sweep.test.clock.advance(5000)
  // The target is reached: nothing is handed out, though a run waits.
  expect(await sweep.hear(agent)).toEqual([{ type: 'exit' }])
  expect(await sweep.state()).toBe('finished')
  await sweep.setState('canceled')
  const runs = await sweep.test.get<{ runs: { displayName: string; state: string }[] }>('/api/projects/local/demo/runs')
  expect(runs.runs.find(({ displayName }) => displayName === 'waits')).toMatchObject({ state: 'failed' })
})

test('a run that begins or ends between the look at what waits and what follows is left as it is', async () => {
  /** What happens to a run as soon as somebody has seen that it waits. */
  let meanwhile: { readonly runId: string; readonly task: () => Promise<unknown> } | undefined
  await using sweep = await openTestSweep(grid, {
    wrapStore: (store) => ({
      ...store,
      runs: async (query) => {
        const page = await store.runs(query)
        const isSeen = page.runs.some(
          ({ runId, state }) => runId === meanwhile?.runId && (state === 'pending' || state === 'preempted'),
        )
        const task = isSeen ? meanwhile?.task : undefined
        if (task !== undefined) meanwhile = undefined
        await task?.()
        return page
      },
    }),
  })
  const [agent] = sweep.agents as [TestAgent]
  const { test: server } = sweep
  const begin = (runId: string) => server.upsert(runId, { sweep: sweep.name })
  const beginMeanwhile = (runId: string): void => {
    meanwhile = { runId, task: () => begin(runId) }
  }
  const handOut = async (): Promise<string> => {
    const [command] = await sweep.hear(agent)
    expect(command).toMatchObject({ type: 'run' })
    return command!.run_id!
  }
  const expectRunning = async (runId: string): Promise<void> =>
    expect([meanwhile, (await sweep.run(runId)).state]).toEqual([undefined, 'running'])

  const first = await handOut()
  beginMeanwhile(first)
  await sweep.setState('finished')
  await expectRunning(first)

  await sweep.setState('running')
  const second = await handOut()
  await server.request(`/api/runs/local/demo/${second}/stop`, { method: 'POST' })
  beginMeanwhile(second)
  const third = await handOut()
  await expectRunning(second)

  await begin(third)
  await server.stream(third, { preempting: true })
  await sweep.finish(third, 1)
  beginMeanwhile(third)
  const last = await handOut()
  expect(last).not.toBe(third)
  await expectRunning(third)

  const { id } = await server.upsert(last, { sweep: sweep.name, state: 'pending' })
  const fail = `mutation { updateRunState(input: { id: "${id}", state: "failed" }) { success } }`
  meanwhile = { runId: last, task: () => server.graphql(fail) }
  await sweep.setState('canceled')
  expect(meanwhile).toBeUndefined()
  expect(await sweep.run(last)).toMatchObject({ state: 'failed', stateCause: 'set by a user' })
})

test('the last place under a cap goes to one of two agents that ask at once', async () => {
  await using sweep = await openTestSweep('method: random\nrun_cap: 1\nparameters: {x: {min: 0.0, max: 1.0}}\n', {
    agentCount: 2,
  })
  const told = await Promise.all(sweep.agents.map((agent) => sweep.hear(agent)))
  expect(told.map(([command]) => command?.type)).toEqual(['run', undefined])
})

test('an early_terminate that nobody can follow is refused at once', async () => {
  await using sweep = await openTestSweep(grid)
  const metric = 'method: random\nmetric: {name: loss}\nparameters: {x: {min: 0.0, max: 1.0}}\nearly_terminate: '
  for (const rule of [
    '{type: foo, min_iter: 1}',
    '{type: hyperband, min_iter: 1, eta: 1}',
    '{type: hyperband, max_iter: 2, s: 1}',
    'soon',
  ]) {
    const answer = await sweep.test.post(sweepList, { config: metric + rule })
    expect([rule, answer.status]).toEqual([rule, 400])
  }
})
