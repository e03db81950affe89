import { readFile, stat } from 'node:fs/promises'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runLossline, runLosslineProcess } from './run-lossline.ts'

/** What a run of the server below holds. */
interface RunContent {
  readonly project: string
  readonly id: string
  readonly createdAt: string
  readonly config?: object
  readonly summary?: object
}

const picture = { _type: 'image-file', width: 64, height: 48, path: 'media/images/x_1.png', size: 70, format: 'png' }
const wide = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`layer_${index}`, { value: index }]))
const contents: readonly RunContent[] = [
  {
    project: 'demo',
    id: 'first',
    createdAt: '2026-01-01T00:00:00',
    config: { lr: { value: 0.1 } },
    summary: { loss: 2 },
  },
  {
    project: 'demo',
    id: 'second',
    createdAt: '2026-01-02T00:00:00',
    config: { lr: { value: 0.2 } },
    summary: { loss: 3, nan: 'NaN', sample: picture, nested: { sample: picture } },
  },
  { project: 'other', id: 'wide', createdAt: '2026-01-03T00:00:00', config: wide, summary: { note: 'x'.repeat(500) } },
]

let close = async (): Promise<void> => {}
let url = ''
let cwd = ''
beforeAll(async () => {
  const directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
  cwd = directory.path
  url = server.url
  close = async () => {
    await server.close()
    await directory[Symbol.asyncDispose]()
  }
  for (const { project, id, config = {}, summary = {} } of contents) {
    await ask(
      `mutation($config: JSONString, $summary: JSONString) { upsertBucket(input: { name: "${id}", modelName: "${project}",
      displayName: "run ${id}", config: $config, summaryMetrics: $summary }) { bucket { id } } }`,
      {
        config: JSON.stringify(config),
        summary: JSON.stringify(summary).replace('"NaN"', 'NaN'),
      },
    )
    const content = [0, 1, 2].map(
      (step) => `{"_step":${step},"_timestamp":${step},"_runtime":${step},"loss":${step},"nan":NaN}`,
    )
    const files = { 'wandb-history.jsonl': { offset: 0, content } }
    const body = JSON.stringify({ files, complete: true, exitcode: 0 })
    await fetch(`${url}/files/local/${project}/${id}/file_stream`, { method: 'POST', body })
  }
})
afterAll(() => close())

async function ask(query: string, variables: object): Promise<void> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', body: JSON.stringify({ query, variables }) })
  expect(await response.json()).not.toHaveProperty('errors')
}

const lossline = (...args: string[]) => runLossline(['runs', ...args], { cwd, env: { LOSSLINE_BASE_URL: url } })
const inProject = (project: string, ...args: string[]) =>
  runLossline(['runs', ...args], { cwd, env: { LOSSLINE_BASE_URL: url, LOSSLINE_PROJECT: project } })

describe('lossline runs list', () => {
  test('without a project lists the runs of all projects, the newest first, and says how to narrow', async () => {
    const { exitCode, stdout, stderr } = await lossline('list')
    expect(exitCode).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.map((line) => line.split(/ {2,}/).slice(0, 2).join('/'))).toEqual([
      'other/wide',
      'demo/second',
      'demo/first',
    ])
    expect(lines[1]).toMatch(/^demo {3}second {2}finished {3}\d{4}-\d\d-\d\d \d\d:\d\d {8}3 rows {2}run second$/)
    expect(stderr).toBe('lossline: runs of 2 projects. Those of one: lossline runs list <project>\n')
    expect((await lossline('list', '--limit', '1')).stdout).toMatch(/^other .*run wide\n$/)
    const ordered = await lossline('list', '--order', '-summary.loss', '--json')
    expect(ordered.exitCode).toBe(1)
    expect(JSON.parse(ordered.stderr)).toMatchObject({
      error: { code: 'runs-order', hint: expect.stringContaining('demo') },
    })
    const filtered = await lossline(
      'list',
      '--order',
      '-summary.loss',
      '--json',
      '--filters',
      '{"summary.loss": {"$gt": 1}}',
    )
    expect(namesOf(filtered.stdout)).toEqual(['run second', 'run first'])
  })

  test('with a project, given or set, lists its runs, chosen and ordered', async () => {
    const given = await lossline('list', 'demo')
    expect(given).toMatchObject({ exitCode: 0, stderr: '' })
    expect(given.stdout).toMatch(/^second {2}finished .* 3 rows {2}run second\nfirst {3}finished .*run first\n$/)
    expect((await inProject('demo', 'list')).stdout).toBe(given.stdout)
    const best = await inProject('demo', 'list', '--json', '--order', '-summary.loss', '--limit', '1')
    expect(JSON.parse(best.stdout)).toMatchObject({ path: 'local/demo/second', state: 'finished' })
    const filtered = await lossline('list', 'demo', '--json', '--filters', '{"config.lr": {"$lt": 0.15}}')
    expect(namesOf(filtered.stdout)).toEqual(['run first'])
    const nothing = await lossline('list', 'demo', '--filters', '{"state": "crashed"}')
    expect(nothing).toMatchObject({ exitCode: 0, stdout: '', stderr: 'lossline: no run is like that.\n' })
  })

  test('what cannot be is said with what is allowed', async () => {
    const wrong = await lossline('list', '--filters', 'loss<1', '--json')
    expect(JSON.parse(wrong.stderr)).toMatchObject({ error: { code: 'invalid-filters' } })
    const field = await lossline('list', 'demo', '--order', 'loss')
    expect(field.exitCode).toBe(1)
    expect(field.stderr).toMatch(/order names "loss".*\n\s+Fields are .*summary\.<key>/)
    const project = await lossline('list', 'nowhere', '--json')
    expect(JSON.parse(project.stderr)).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('lossline runs show', () => {
  test('finds a run by its id in any project, and puts media in a few words', async () => {
    const { stdout } = await lossline('show', 'second')
    expect(stdout).toContain('path      local/demo/second\n')
    expect(stdout).toContain('  lr = 0.2\n')
    expect(stdout).toContain('  sample = image 64×48 media/images/x_1.png\n')
    expect(stdout).toContain('  nested = {"sample":"image 64×48 media/images/x_1.png"}\n')
    const json = await lossline('show', 'demo/second', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({
      config: { lr: 0.2 },
      summary: { loss: 3, nan: 'NaN', sample: picture },
    })
    const missing = await lossline('show', 'third', '--json')
    expect(missing.exitCode).toBe(1)
    expect(JSON.parse(missing.stderr)).toMatchObject({ error: { code: 'run-not-found' } })
    const elsewhere = await lossline('show', 'demo/third', '--json')
    expect(JSON.parse(elsewhere.stderr)).toMatchObject({ error: { code: 'not-found' } })
  })

  test('cuts what is long, and counts what is left out', async () => {
    const { stdout } = await lossline('show', 'other/wide')
    expect(stdout).toContain('  layer_0 = 0\n')
    expect(stdout).toContain('  … and 10 more; --json shows all\n')
    expect(stdout).toMatch(/ {2}note = "x+… \(502 characters\)\n/)
  })

  test('says when several projects have the id', async () => {
    await ask('mutation { upsertBucket(input: { name: "wide", modelName: "third" }) { bucket { id } } }', {})
    const { stderr } = await lossline('show', 'wide', '--json')
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'run-ambiguous' } })
    await ask('mutation($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }', {
      id: await idOf('third', 'wide'),
    })
  })

  test('shows control characters as pictures, so that no text of a run rewrites the terminal', async () => {
    await ask(
      `mutation($name: String, $config: JSONString, $summary: JSONString) { upsertBucket(input: { name: "hostile",
      modelName: "third", displayName: $name, config: $config, summaryMetrics: $summary }) { bucket { id } } }`,
      {
        name: 'good\r\u001b[2Kbad',
        config: JSON.stringify({ 'key\u001b[2J': { value: '\u009b2J\u007f' } }),
        summary: JSON.stringify({ sample: { ...picture, path: '\u001b]0;title\u0007' } }),
      },
    )
    const [listed, shown] = [await lossline('list', 'third'), await lossline('show', 'third/hostile')]
    await ask('mutation($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }', {
      id: await idOf('third', 'hostile'),
    })
    expect(listed.stdout).toContain('good␍␛[2Kbad\n')
    expect(shown.stdout).toContain('  key␛[2J = "\ufffd2J␡"\n')
    expect(shown.stdout).toContain('␛]0;title␇\n')
    expect(`${listed.stdout}${shown.stdout}`.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
})

test('lossline runs export writes runs and rows', async () => {
  const csv = await lossline('export', '--run', 'first', '--history', '--keys', 'loss,nan')
  expect(csv.stdout.split('\r\n')[0]).toBe('_step,_timestamp,_runtime,loss,nan')
  expect(csv.stdout.split('\r\n')[3]).toMatch(/^2,.*,2,NaN$/)
  const table = await lossline('export', 'demo', '--output', 'runs.jsonl')
  expect(table.stdout).toMatch(/^runs\.jsonl: 2 rows, \d+ columns\.\n$/)
  const lines = (await readFile(`${cwd}/runs.jsonl`, 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(['first', 'second'])
  await lossline('export', 'demo', '--history', '--output', 'rows.parquet')
  expect((await stat(`${cwd}/rows.parquet`)).size).toBeGreaterThan(500)
})

test('the runs of a folder are listed without the address of the server that answers for it', async () => {
  // A folder of its own, whose temporary server is in the process of the command.
  await using directory = await openTemporaryDirectory()
  const { init } = await import('@lossline/core')
  const run = await init({
    project: 'demo',
    id: 'here',
    mode: 'local',
    dir: directory.path,
    console: 'off',
    silent: true,
  })
  run.log({ loss: 1 })
  await run.finish()
  const { exitCode, stdout, stderr } = await runLosslineProcess(['runs', 'show', 'here'], { cwd: directory.path })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('loss = 1')
  expect(stdout).not.toMatch(/url|127\.0\.0\.1/)
})

function namesOf(stdout: string): string[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).name)
}

async function idOf(project: string, run: string): Promise<string> {
  const query = `{ project(name: "${project}", entityName: "local") { run(name: "${run}") { id } } }`
  const response = await fetch(`${url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
  const answer = (await response.json()) as { data: { project: { run: { id: string } } } }
  return answer.data.project.run.id
}
