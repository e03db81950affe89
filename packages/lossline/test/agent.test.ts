import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Api } from '@lossline/core'
import { type StartedServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, type TemporaryDirectory, until, workspaceUrl } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { runLossline, startLossline } from './run-lossline.ts'

const sdk = workspaceUrl('packages/lossline/src/index.ts').href
const nodeOptions = '--conditions=source --disable-warning=ExperimentalWarning'

/** A folder with a sweep's program in it. */
async function openFolder(program: string, config: Readonly<Record<string, unknown>>) {
  const directory = await openTemporaryDirectory()
  const { path: cwd } = directory
  await writeFile(join(cwd, 'package.json'), '{"type":"module"}')
  await writeFile(join(cwd, 'train.js'), `import { init } from ${JSON.stringify(sdk)}\n${program}`)
  await writeFile(join(cwd, 'sweep.yaml'), JSON.stringify({ program: 'train.js', project: 'demo', ...config }))
  const lossline = (...args: string[]) => runLossline(args, { cwd, env: { NODE_OPTIONS: nodeOptions } })
  const made = await lossline('sweep', 'sweep.yaml')
  expect(made.exitCode).toBe(0)
  const path = made.stdout.trim()
  return {
    directory,
    cwd,
    path,
    lossline,
    start: (...args: string[]) => startLossline(args, { cwd, env: { NODE_OPTIONS: nodeOptions } }),
    runs: () => readRuns(directory),
    folderOf: (runId: string) => join(cwd, '.lossline', 'sweeps', path.split('/').at(-1)!, runId),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

async function readRuns({ path: dir }: TemporaryDirectory) {
  await using api = new Api({ dir })
  return await api.runs('demo', { order: '+created_at' }).toArray()
}

async function serve(directory: TemporaryDirectory): Promise<StartedServer & AsyncDisposable> {
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

const grid = {
  method: 'grid',
  metric: { name: 'loss', goal: 'minimize' },
  parameters: { lr: { values: [4, 1, 2, 3] } },
}

describe('an agent for commands', { timeout: 240_000 }, () => {
  test('starts each run of a grid once, several at a time, and says how it went', async () => {
    await using folder = await openFolder(
      `const run = await init({ config: { lr: 9, gpu: process.env.CUDA_VISIBLE_DEVICES } })
       run.log({ loss: run.config.lr ** 2 })
       console.log('\\u001b[2Jargs', ...process.argv.slice(2), '\\u0007')
       process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x0a]))
       await run.finish()`,
      grid,
    )
    const ended = await folder.lossline('agent', folder.path, '--gpus', '0,1')
    expect(ended).toMatchObject({ exitCode: 0 })
    expect(ended.stderr).toContain('the agent has ended: 4 finished\n')
    expect(ended.stderr).toMatch(/best: loss 1 of \w+-sweep-2 \(\w{8}\) with lr 1\n/)
    const runs = await folder.runs()
    expect(runs.map(({ state, config }) => [state, config.lr])).toEqual([4, 1, 2, 3].map((lr) => ['finished', lr]))
    expect(new Set(runs.map(({ config }) => config.gpu))).toEqual(new Set(['0', '1']))
    for (const { id, config, name } of runs) {
      expect(name).toMatch(/^\w+-sweep-[1-4]$/)
      // What would draw over other lines of a terminal is in the file alone.
      expect(ended.stdout).toContain(`[${id}] args --lr=${config.lr} \ufffd\n`)
      expect(await readFile(join(folder.folderOf(id), 'output.log'))).toContain(0xff)
      expect(existsSync(join(folder.folderOf(id), 'trial.json'))).toBe(false)
    }
    const again = await folder.lossline('agent', folder.path, '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ finished: 0, best: { value: 1, settings: { lr: 1 } } })
  })

  test('gives up after failures in a row; a trial that hangs has failed', async () => {
    await using folder = await openFolder(
      `const run = await init()
       if (run.config.lr === 1) await new Promise(() => setInterval(() => {}, 1000))
       process.exit(3)`,
      grid,
    )
    const ended = await folder.lossline('agent', folder.path, '--max-failures', '2', '--trial-timeout', '4')
    expect(ended.exitCode).toBe(1)
    expect(ended.stderr).toMatch(/failed: exit code 3\n/)
    expect(ended.stderr).toMatch(/failed: it took longer than 4 s\n/)
    expect(ended.stderr).toContain('2 trials in a row have failed')
    expect(await folder.runs()).toHaveLength(2)
  })

  test('a trial is stopped in the page, one that does not listen is killed at the second Ctrl-C', async () => {
    await using folder = await openFolder(
      `const run = await init()
       process.on('SIGTERM', () => console.log('heard'))
       console.log('ready', run.id)
       if (run.config.lr === 4) for (;;) { run.log({ loss: 1 }); await new Promise((go) => setTimeout(go, 20)) }
       await new Promise(() => setInterval(() => {}, 1000))`,
      grid,
    )
    await using server = await serve(folder.directory)
    await using agent = folder.start('agent', folder.path)
    await agent.waitForOutput('ready')
    const [runId] = /(?<=ready )\w+/.exec(agent.stdout)!
    await until(async () => expect((await folder.runs())[0]?.state).toBe('running'))
    await fetch(`${server.url}/api/runs/local/demo/${runId}/stop`, { method: 'POST' })
    await until(() => expect(agent.stderr).toContain(`run ${runId} stopped`))
    await until(() => expect(agent.stdout.match(/ready/g)).toHaveLength(2))
    agent.send('SIGINT')
    await agent.waitForOutput('heard')
    agent.send('SIGINT')
    expect(await agent.exited).toMatchObject({ exitCode: 130 })
  })

  test('after it was killed with its program, the next one goes on with the same run, and makes none twice', async () => {
    await using folder = await openFolder(
      `import { existsSync, writeFileSync } from 'node:fs'
       const run = await init()
       run.log({ loss: run.config.lr })
       console.log('pid', process.pid, run.id)
       if (run.config.lr === 1 && !existsSync('once')) {
         writeFileSync('once', '')
         await new Promise(() => setInterval(() => {}, 1000))
       }
       await run.finish()`,
      grid,
    )
    await using killed = folder.start('agent', folder.path)
    await until(() => expect(killed.stdout.match(/pid/g)).toHaveLength(2))
    const [, pid, runId] = /pid (\d+) (\w+)\n?$/.exec(killed.stdout.trim())!
    killed.send('SIGKILL')
    await killed.exited
    // Its program is at work still: nobody takes the run.
    process.kill(Number(pid), 0)
    expect(JSON.parse(readFileSync(join(folder.folderOf(runId!), 'trial.json'), 'utf8'))).toMatchObject({
      programPid: Number(pid),
    })
    process.kill(Number(pid), 'SIGKILL')
    const ended = await folder.lossline('agent', folder.path)
    expect(ended.stderr).toContain(`run ${runId} goes on with lr 1`)
    expect(ended.stderr).toContain('the agent has ended: 3 finished\n')
    const runs = await folder.runs()
    expect(runs.map(({ state, config }) => [state, config.lr])).toEqual([4, 1, 2, 3].map((lr) => ['finished', lr]))
  })
})

test('a sweep is paused, resumed and canceled; what cannot be is told', { timeout: 120_000 }, async () => {
  await using folder = await openFolder('', grid)
  const { path, lossline } = folder
  expect((await lossline('sweep', path, '--pause')).stderr).toContain('is PENDING: pause is not possible')
  expect((await lossline('sweep', path, '--cancel')).stdout).toBe(`${path} is CANCELED now.\n`)
  expect((await lossline('sweep', path, '--resume', '--json')).stdout).toBe(`{"path":"${path}","state":"RUNNING"}\n`)
  expect((await lossline('sweep', path, '--stop')).stdout).toBe(`${path} is FINISHED now.\n`)
  const codeOf = async (...args: string[]): Promise<unknown> => {
    const { exitCode, stderr } = await lossline(...args, '--json')
    expect(exitCode).toBe(1)
    return (JSON.parse(stderr) as { error: { code: string } }).error.code
  }
  expect(await codeOf('sweep', path, '--stop', '--pause')).toBe('sweep-options')
  expect(await codeOf('sweep', 'none.yaml')).toBe('sweep-file')
  expect(await codeOf('sweep', path, '--cancel')).toBe('sweep-state')
  const noProgram = { project: 'demo', method: 'grid', parameters: { lr: { values: [1] } } }
  await writeFile(join(folder.cwd, 'other.yaml'), JSON.stringify(noProgram))
  const other = await lossline('sweep', 'other.yaml')
  expect(await codeOf('agent', other.stdout.trim())).toBe('command-template')
  await writeFile(join(folder.cwd, 'bad.yaml'), 'method: grid\nparameters: {lr: {min: 0.1, max: 0.2}}')
  expect((await lossline('sweep', 'bad.yaml')).stderr).toMatch(/lr/)
  expect((await lossline('agent', 'demo/none')).stderr).toContain('none')
})
