import { execFileSync } from 'node:child_process'
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { type RunOnDisk, readRun } from './read-run.ts'

const program = new URL('programs/system-metrics.ts', import.meta.url)
const fixtures = new URL('../../journal/test/system/fixtures/', import.meta.url)
const isLinux = process.platform === 'linux'

async function observe(directory: TemporaryDirectory, args: string[], env: Record<string, string> = {}) {
  const intervals = { LOSSLINE_SYSTEM_METRICS_INTERVAL_MS: '100' }
  await using child = spawnScript(program, { args, cwd: directory.path, env: { ...intervals, ...env } })
  expect(await child.exited, child.stderr).toEqual({ exitCode: 0, signal: null })
  return readRun(directory.path)
}

/** The samples of a run, as keys and values. */
function samplesOf({ records }: RunOnDisk): Record<string, number>[] {
  return records.flatMap((record) =>
    record.kind === 'stats'
      ? [Object.fromEntries((record.stats.item ?? []).map(({ key = '', valueJson }) => [key, Number(valueJson)]))]
      : [],
  )
}

describe('every run', () => {
  test('records processor, memory, disks and network from its start to its end', async () => {
    await using directory = await openTemporaryDirectory()
    const env = { LOSSLINE_SYSTEM_METRICS_DISK_PATHS: `/,${directory.path},/does/not/exist` }
    const run = await observe(directory, ['eventLoopUtilization'], env)
    const samples = samplesOf(run)
    expect(samples.length).toBeGreaterThan(3)
    const sample = samples.findLast((one) => 'proc.node.eventLoopUtilizationPercent' in one) ?? {}
    expect(sample).toMatchObject({
      cpu: expect.any(Number),
      memory_percent: expect.any(Number),
      'proc.memory.availableMB': expect.any(Number),
      'proc.memory.rssMB': expect.any(Number),
      'proc.memory.percent': expect.any(Number),
      'disk./.usagePercent': expect.any(Number),
      [`disk.${directory.path}.usageGB`]: expect.any(Number),
      'proc.node.eventLoopDelay.meanMs': expect.any(Number),
      'proc.node.eventLoopDelay.maxMs': expect.any(Number),
      'proc.node.eventLoopUtilizationPercent': expect.any(Number),
      'proc.node.heapUsedMB': expect.any(Number),
      ...(isLinux ? { 'proc.cpu.threads': expect.any(Number), 'network.recv': expect.any(Number) } : {}),
    })
    expect(sample['proc.memory.rssMB']).toBeGreaterThan(20)
    expect(sample.memory_percent).toBeLessThanOrEqual(100)
    expect(Object.keys(sample).filter((key) => key.includes('/does/not/exist'))).toEqual([])
    // Nothing that changes a run follows its exit.
    expect(run.records.at(-1)?.kind).toBe('exit')
    expect(run.records[2]?.kind).toBe('environment')
  })

  test('an event loop that stands still is seen while it does', async () => {
    await using directory = await openTemporaryDirectory()
    const samples = samplesOf(await observe(directory, ['eventLoopDelay', 'stuck']))
    const longest = Math.max(...samples.map((sample) => sample['proc.node.eventLoopDelay.maxMs'] ?? 0))
    expect(longest).toBeGreaterThan(1000)
    expect(samples.length).toBeGreaterThan(3)
  })

  test("with durability 'sync' the training thread samples itself", async () => {
    await using directory = await openTemporaryDirectory()
    const samples = samplesOf(await observe(directory, ['heapUsedMB'], { LOSSLINE_DURABILITY: 'sync' }))
    expect(samples.length).toBeGreaterThan(3)
    expect(samples.at(-1)).toMatchObject({ cpu: expect.any(Number), 'proc.node.heapUsedMB': expect.any(Number) })
  })

  test.each([{ LOSSLINE_DISABLE_SYSTEM_METRICS: 'true' }, { WANDB_X_DISABLE_STATS: 'true' }])(
    'unless %j',
    async (env) => {
      await using directory = await openTemporaryDirectory()
      expect(samplesOf(await observe(directory, [''], env as Record<string, string>))).toEqual([])
    },
  )

  test('with a label, each key carries it as in W&B', async () => {
    await using directory = await openTemporaryDirectory()
    const [sample = {}] = samplesOf(await observe(directory, [''], { WANDB_X_LABEL: 'rank-1' }))
    expect(Object.keys(sample)).toContain('cpu/l:rank-1')
    expect(Object.keys(sample).filter((key) => !key.endsWith('/l:rank-1'))).toEqual([])
  })

  test("W&B's variable for the interval is in seconds", async () => {
    await using directory = await openTemporaryDirectory()
    const env = { LOSSLINE_SYSTEM_METRICS_INTERVAL_MS: '', WANDB_X_STATS_SAMPLING_INTERVAL: '3600' }
    // One at the start and one at the end.
    expect(samplesOf(await observe(directory, [''], env))).toHaveLength(2)
  })
})

describe.skipIf(!isLinux)('GPUs', () => {
  test('are read from one nvidia-smi, without the fields that it does not know', async () => {
    await using directory = await openTemporaryDirectory()
    const env = await installTool(
      directory,
      'nvidia-smi',
      `case "$*" in
        *encoder*) echo 'Field "utilization.encoder" is not a valid field to query.'; exit 2;;
        *--query-gpu*) while :; do cut -d, -f1-14,16- rows.csv; sleep 0.1; done;;
        *) cat inventory.xml;;
      esac`,
    )
    const run = await observe(directory, ['gpu.1.gpu'], env)
    const sample = samplesOf(run).find((one) => 'gpu.1.gpu' in one)
    expect(sample).toMatchObject({ 'gpu.0.gpu': 87, 'gpu.0.maxPcieLinkWidth': 16, 'gpu.1.temp': 34 })
    expect(sample).not.toHaveProperty('cpu')
    const facts = { gpu: 'NVIDIA A100-SXM4-40GB', gpu_count: 2, cudaVersion: '12.4' }
    expect(JSON.parse(run.files['files/wandb-metadata.json'] ?? '')).toMatchObject(facts)
    expect(run.records).toContainEqual(
      expect.objectContaining({ kind: 'environment', environment: expect.objectContaining({ gpuCount: 2 }) }),
    )
    const calls = await readFile(directory.join('calls'), 'utf8')
    expect(calls.trim().split('\n')).toEqual([
      '-q -x',
      expect.stringMatching(/encoder/),
      expect.stringMatching(/--loop-ms=500/),
    ])
    await expectGone(directory)
  })

  test('a tool that hangs delays nothing, and does not survive the run', async () => {
    await using directory = await openTemporaryDirectory()
    const env = await installTool(directory, 'nvidia-smi', 'exec sleep 600')
    const samples = samplesOf(await observe(directory, ['heapUsedMB'], env))
    expect(samples.length).toBeGreaterThan(3)
    await expectGone(directory)
  })

  test('a tool that fails is not asked again', async () => {
    await using directory = await openTemporaryDirectory()
    const env = await installTool(directory, 'nvidia-smi', 'echo "NVIDIA-SMI has failed" >&2; exit 9')
    await observe(directory, ['heapUsedMB'], env)
    expect(await readFile(directory.join('calls'), 'utf8')).toBe('-q -x\n')
  })

  test("AMD's are read from rocm-smi", async () => {
    await using directory = await openTemporaryDirectory()
    const env = await installTool(directory, 'rocm-smi', 'cat rocm-smi.json')
    const run = await observe(directory, ['gpu.1.gpu'], env)
    expect(samplesOf(run).find((one) => 'gpu.1.gpu' in one)).toMatchObject({
      'gpu.0.gpu': 76,
      'gpu.0.powerPercent': 50,
    })
    expect(JSON.parse(run.files['files/wandb-metadata.json'] ?? '')).toMatchObject({
      gpu: 'AMD INSTINCT MI210',
      gpu_count: 2,
    })
  })
})

/** Puts a program into the search path that notes its calls and process ids, and then does what the shell text says. */
async function installTool(directory: TemporaryDirectory, name: string, text: string) {
  const folder = directory.join('bin')
  await mkdir(folder)
  const files = {
    'nvidia-rows.csv': 'rows.csv',
    'nvidia-inventory.xml': 'inventory.xml',
    'rocm-smi.json': 'rocm-smi.json',
  }
  for (const [from, to] of Object.entries(files)) await copyFile(new URL(from, fixtures), directory.join(to))
  const script = `#!/bin/sh\ncd '${directory.path}'\necho "$*" >> calls\necho $$ >> pids\n${text}\n`
  await writeFile(`${folder}/${name}`, script)
  await chmod(`${folder}/${name}`, 0o755)
  return { PATH: `${folder}${delimiter}${process.env.PATH}` }
}

/** Waits until none of the tool's processes is left; a process that was killed takes a moment to go. */
async function expectGone(directory: TemporaryDirectory): Promise<void> {
  const pids = (await readFile(directory.join('pids'), 'utf8')).trim().split('\n')
  const isAlive = (pid: string): boolean => {
    try {
      return !execFileSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).startsWith('Z')
    } catch {
      return false
    }
  }
  for (let tries = 0; pids.some(isAlive) && tries < 100; tries += 1) await setTimeout(20)
  expect(pids.filter(isAlive)).toEqual([])
}
