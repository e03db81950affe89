import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type {
  CustomChartsResponse,
  MediaKeysResponse,
  MediaValueResponse,
  TableCellValue,
  TableResponse,
} from '@lossline/protocol'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catchUpHeader, type StartedServer, startServer } from '../src/index.ts'
import { digestOf } from './folder-digest.ts'
import { copyGoldenRun } from './golden-run.ts'
import { type Outcome, pythonClient, runPython } from './python.ts'
import { readWholeRun } from './whole-run.ts'

/** Goldens that were read to their end, with the ids of their runs. */
const wholeGoldens = {
  scalars: 'scalars1',
  media: 'media001',
  table: 'table001',
  artifacts: 'artif001',
  'finished-exit-1': 'exit0001',
  'many-rows': 'manyrow1',
}
const cutGoldens = { killed: 'killed01', truncated: 'scalars1' }

interface LogLine {
  readonly level: string
  readonly message: string
}

interface WatchedRun extends AsyncDisposable {
  readonly url: string
  readonly run: Awaited<ReturnType<typeof readWholeRun>>
  readonly stateCause: string
  readonly warnings: readonly LogLine[]
}

let watchCount = 0

/** Lets a server look at a folder of W&B's client until it has read all of it, and checks that it is still as it was. */
async function watch(directory: TemporaryDirectory, folder: string, path: string): Promise<WatchedRun> {
  const before = await digestOf(folder)
  const lines: LogLine[] = []
  const log = (level: string, message: string): void => void lines.push({ level, message })
  watchCount += 1
  const dataDirectory = directory.join(`watching-${watchCount}`)
  const server = await startServer({ dataDirectory, port: 0, watchWandb: [folder], log })
  try {
    await fetch(`${server.url}/api/status`, { headers: { [catchUpHeader]: '1' } })
    const read = async () => {
      const response = await fetch(`${server.url}/api/runs/local/${path}`)
      return ((await response.json()) as { run: { state: string; stateCause: string } }).run
    }
    await expect.poll(async () => (await read()).state, { timeout: 60_000 }).not.toBe('running')
    const run = await readWholeRun(server.url, path)
    expect(await digestOf(folder)).toBe(before)
    const warnings = lines.filter(({ level }) => level === 'warn')
    return {
      url: server.url,
      run,
      stateCause: (await read()).stateCause,
      warnings,
      [Symbol.asyncDispose]: () => server.close(),
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

// Each client makes these anew when it sends, in its own way.
const madeByClients = new Set(['config.yaml', 'output.log', 'wandb-metadata.json', 'wandb-summary.json'])

type WireMetric = Readonly<Record<string, unknown>>

/** Defined metrics without an order, which W&B's sync makes up; each names its step metric instead of its place. */
function toNamedMetrics(metrics: readonly WireMetric[] = []): WireMetric[] {
  const nameOf = (place: unknown): unknown => metrics[Number(place) - 1]?.['1']
  return metrics
    .map(({ '5': place, ...metric }) => (place === undefined ? metric : { ...metric, step: nameOf(place) }))
    .sort((a, b) => String(a['1']).localeCompare(String(b['1'])))
}

/** What two clients that send the same folder must agree on. */
function comparable({ run }: Pick<WatchedRun, 'run'>) {
  const { config, files, lines, eventsLineCount: _, displayName: __, ...rest } = run
  // W&B's sync loses members that are empty objects: its tree of the config has leaves only.
  const { _wandb, empty, ...values } = config as { _wandb: { value: Record<string, unknown> }; empty?: object }
  return {
    ...rest,
    config: values,
    // The rest of it tells of the client that sends.
    metrics: toNamedMetrics(_wandb.value.m as WireMetric[]),
    charts: _wandb.value.visualize,
    files: files.filter(({ name }) => !madeByClients.has(name)),
    // W&B's sync says when it sent a line instead of when it was printed, and keeps colours.
    lines: lines.map(({ level, line }) => ({ level, text: stripVTControlCharacters(line) })),
  }
}

/** What the page shows of a run's media, tables and charts; cells and media files by their contents. */
async function readShown(url: string, path: string) {
  const get = async <T>(address: string): Promise<T> => (await (await fetch(url + address)).json()) as T
  const text = async (item: { readonly url: string }): Promise<string> => (await fetch(url + item.url)).text()
  const at = `/api/runs/local/${path}`
  const { keys } = await get<MediaKeysResponse>(`${at}/media`)
  const tables: Record<string, unknown> = {}
  const media: Record<string, unknown> = {}
  for (const { key, kind } of keys) {
    const query = new URLSearchParams({ key })
    if (kind === 'table') {
      const { rows } = await get<TableResponse>(`${at}/table?${query}`)
      const readCell = async (cell: TableCellValue) =>
        typeof cell === 'object' && cell !== null && 'url' in cell ? text(cell) : cell
      tables[key] = await Promise.all(rows.map(({ cells }) => Promise.all(cells.map(readCell))))
    } else {
      const { value } = await get<MediaValueResponse>(`${at}/media/value?${query}`)
      media[key] = 'items' in value ? [value.kind, ...(await Promise.all(value.items.map(text)))] : value
    }
  }
  const { charts } = await get<CustomChartsResponse>(`${at}/charts`)
  return { keys, tables, media, charts: [...charts].sort((a, b) => a.key.localeCompare(b.key)) }
}

describe.skipIf('missing' in pythonClient)("folders of W&B's client, watched and synced", { timeout: 240_000 }, () => {
  const folders = new Map<string, string>()
  let directory: TemporaryDirectory
  let theirs: StartedServer
  let outcome: Outcome = { exitCode: null, output: '' }
  beforeAll(async () => {
    directory = await openTemporaryDirectory()
    theirs = await startServer({ dataDirectory: directory.join('theirs'), port: 0, watch: [], log: () => {} })
    await using copies = await openTemporaryDirectory()
    const copy = async (golden: string): Promise<string> => {
      folders.set(golden, await copyGoldenRun(directory, golden))
      // Syncing writes into the folder.
      return copyGoldenRun(copies, golden)
    }
    const whole = await Promise.all([...Object.keys(wholeGoldens), 'killed'].map(copy))
    outcome = await runPython(theirs, directory, [
      'resume-and-sync.py',
      ['', ...whole].join('='),
      `truncated=${await copy('truncated')}`,
      `corrupt=${await copy('corrupt')}`,
    ])
  }, 240_000)
  afterAll(async () => {
    await theirs.close()
    await directory[Symbol.asyncDispose]()
  })
  const folderOf = (golden: string): string => folders.get(golden) as string
  const readTheirs = async (path: string) => comparable({ run: await readWholeRun(theirs.url, path) })

  test.each(Object.entries(wholeGoldens))('%s is the same run', async (golden, runId) => {
    expect(outcome.exitCode, outcome.output).toBe(0)
    await using ours = await watch(directory, folderOf(golden), `golden/${runId}`)
    expect(ours.run.rows.length).toBeGreaterThan(0)
    expect(comparable(ours)).toEqual(await readTheirs(`golden/${runId}`))
    expect(ours.warnings).toEqual([])
  })

  test('values of seldom kinds are the same, and the page is told the same of them', async () => {
    const folders = await readdir(directory.join('wandb'))
    const folder = folders.find((name) => name.endsWith('-odd')) as string
    await using ours = await watch(directory, directory.join('wandb', folder), 'golden/odd')
    expect(comparable(ours)).toEqual(await readTheirs('golden/odd'))
    expect(ours.warnings).toEqual([])
    const shown = await readShown(ours.url, 'golden/odd')
    expect(shown).toEqual(await readShown(theirs.url, 'golden/odd'))
    expect(shown.tables).toMatchObject({
      joined: [
        [1, 'a', 0.1, '<p>1</p>'],
        [2, 'b', null, null],
        [3, 'c', 0.3, '<p>3</p>'],
        [4, null, 0.4, '<p>4</p>'],
      ],
      'my table/ü?': [[1]],
      changing: [[1], [2]],
      growing: [
        [0, '<p>0</p>'],
        [1, '<p>1</p>'],
        [2, '<p>2</p>'],
      ],
      'table of summary': [[1]],
    })
    expect(shown.media).toMatchObject({
      'odd/key with #?%&+ ü/"quoted"': ['html', '<p>odd</p>'],
      '\\.\\./up': ['html', '<p>up</p>'],
      '/lead': ['html', '<p>lead</p>'],
      'outer.inner': ['html', '<p>inner</p>'],
      pages: ['html', '<p>1</p>', '<p>2</p>'],
      water: ['file', 'ATOM a.pdb\n', 'ATOM b.pdb\n'],
      mixed: ['file', '<p>m</p>', 'ATOM a.pdb\n'],
      'page of summary': ['html', '<p>summary</p>'],
    })
    expect(shown.charts).toMatchObject([
      { key: 'deep.bars', tableKey: 'Custom Chart Tables/deep\\.bars_table' },
      { key: 'own', preset: 'local/own', tableKey: 'own_table' },
    ])
    const names = ours.run.files.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['code/train.py', 'notes #1 ü.txt']))
  })

  test.each(Object.entries(cutGoldens))(
    '%s, which has no end, is the same but for its state',
    async (golden, runId) => {
      const old = new Date(Date.now() - 3_600_000)
      await utimes(join(folderOf(golden), `run-${runId}.wandb`), old, old)
      await using ours = await watch(directory, folderOf(golden), `golden/${runId}`)
      expect(ours.run.rows.length).toBeGreaterThan(60)
      const synced = await readTheirs(`${golden === 'truncated' ? golden : 'golden'}/${runId}`)
      // W&B's sync takes it for failed.
      expect([synced.state, synced.exitcode]).toEqual(['failed', 1])
      expect(comparable(ours)).toEqual({ ...synced, state: 'crashed', exitcode: null })
      expect(ours.stateCause).toContain('nothing written since')
    },
  )

  test('corrupt is shown on both sides of the damage, and told of', async () => {
    await using ours = await watch(directory, folderOf('corrupt'), 'golden/scalars1')
    const synced = await readTheirs('corrupt/scalars1')
    // W&B's sync stops where the damage begins.
    expect(synced.rows).toHaveLength(113)
    expect(ours.run.rows.slice(0, 113)).toEqual(synced.rows)
    expect(ours.run.rows).toHaveLength(165)
    await using whole = await watch(directory, folderOf('scalars'), 'golden/scalars1')
    expect(ours.run.rows.at(-1)).toEqual(whole.run.rows.at(-1))
    expect(ours.run).toMatchObject({ state: 'finished', exitcode: 0, summary: whole.run.summary })
    expect(ours.warnings.map(({ message }) => message)).toEqual([
      'a journal is damaged; what can be read of it is shown',
    ])
  })

  test('a run that went on in a second folder is the one that the client logged', async () => {
    await using ours = await watch(directory, directory.join('wandb'), 'life/resumed')
    expect(ours.run.rows).toHaveLength(11)
    const logged = await readTheirs('life/resumed')
    expect(comparable(ours)).toEqual(logged)
  })
})
