import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Api } from '@lossline/core'
import { openTemporaryDirectory, toOnnxModel, until } from '@lossline/testing'
import * as ort from 'onnxruntime-node'
import * as web from 'onnxruntime-web'
import { expect, onTestFinished, test, vi } from 'vitest'
import { logProfile, type OnnxProblem, openTrackedSession, readProfile, trackingOf } from '../src/index.ts'
import { digitsModel } from './digits.ts'
import { openTrackedRun } from './tracked-run.ts'

const feeds = { image: new ort.Tensor('float32', new Float32Array(64 * 4), [4, 1, 8, 8]) }

async function folder(): Promise<string> {
  const directory = await openTemporaryDirectory()
  onTestFinished(() => directory[Symbol.asyncDispose]())
  return directory.path
}

async function profileFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('lossline-profile-'))
}

test('a session is opened and tracked, and its run takes the model as input', async () => {
  await using tracked = await openTrackedRun({ mode: 'local' })
  const { run } = tracked
  const session = await openTrackedSession(ort, digitsModel, {
    run,
    name: 'digits',
    sessionOptions: { executionProviders: ['cpu'], intraOpNumThreads: 1 },
    aliases: ['candidate'],
  })
  expect(session).toBeInstanceOf(ort.InferenceSession)
  expect(trackingOf(session)).toBeDefined()
  await session.run(feeds)
  const { config, summary, artifacts } = await tracked.finishAndRead()
  expect(summary['digits/calls']).toBe(1)
  expect(config).toMatchObject({
    sessions: {
      digits: {
        inputs: { image: 'float32[batch,1,8,8]' },
        model: { opsets: { 'ai.onnx': 17 }, properties: { scale: 'pixel/16' }, parameterCount: 15_386 },
        modelPath: digitsModel,
        sessionOptions: { executionProviders: ['cpu'], intraOpNumThreads: 1 },
        versions: { node: '1.30.0' },
        loadMs: expect.any(Number),
      },
    },
  })
  expect(artifacts).toMatchObject([{ name: 'digits-cnn', type: 'model' }])

  await using api = new Api({ dir: tracked.directory })
  const version = await api.artifact(`${run.project}/digits-cnn:candidate`)
  expect((await version.usedBy()).map(({ id }) => id)).toEqual([run.id])
  expect(await version.loggedBy()).toBeUndefined()
  expect(version.metadata).toMatchObject({ framework: 'onnx', opsets: { 'ai.onnx': 17 } })
  expect((await version.entries()).map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ['digits-cnn.onnx', 62_463],
  ])
})

test('the files of weights belong to the model, and a model in memory is one too', async () => {
  await using tracked = await openTrackedRun()
  const path = join(await folder(), 'line.onnx')
  const line = (external?: { location: string; offset: number; length: number }) =>
    toOnnxModel({
      name: 'line',
      nodes: [{ operator: 'Mul', inputs: ['x', 'slope'], outputs: ['y'] }],
      inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['n'] }],
      initializers: [
        {
          ...{ name: 'slope', type: 'float32', dims: [1] },
          ...(external === undefined ? { bytes: new Uint8Array(Float32Array.of(2).buffer) } : { external }),
        },
      ],
    })
  await writeFile(path, line({ location: 'line.onnx_data', offset: 0, length: 4 }))
  await writeFile(`${path}_data`, new Uint8Array(Float32Array.of(3).buffer))
  const options = { run: tracked.run, logModel: 'output' } as const
  const fromFile = await openTrackedSession(ort, path, options)
  const fromMemory = await openTrackedSession(ort, line(), { ...options, modelName: 'line-in-memory' })
  const x = new ort.Tensor('float32', [1], [1])
  expect([(await fromFile.run({ x })).y?.data[0], (await fromMemory.run({ x })).y?.data[0]]).toEqual([3, 2])
  const { artifacts } = await tracked.finishAndRead()
  const files = artifacts.map(({ name, manifest }) => [name, pathsOf(manifest)])
  expect(files).toEqual([
    ['line', ['line.onnx', 'line.onnx_data']],
    ['line-in-memory', ['model.onnx']],
  ])
})

function pathsOf(manifest: unknown): unknown[] {
  const { contents } = manifest as { contents: readonly { readonly path: string }[] }
  return contents.map(({ path }) => path)
}

test('a file that is no model says what it is; other errors are those of ONNX Runtime', async () => {
  await using tracked = await openTrackedRun()
  const path = join(await folder(), 'model.onnx')
  await writeFile(path, 'version https://git-lfs.github.com/spec/v1\n')
  const before = await profileFolders()
  await expect(openTrackedSession(ort, path, { run: tracked.run, profile: true })).rejects.toMatchObject({
    code: 'onnx-model-file',
    message: expect.stringContaining('Git LFS'),
    cause: expect.any(Error),
  })
  expect(await profileFolders()).toEqual(before)
  const sessionOptions = { executionProviders: ['no such provider'] }
  const own = await ort.InferenceSession.create(digitsModel, sessionOptions).catch((error: unknown) => error)
  await expect(openTrackedSession(ort, digitsModel, { run: tracked.run, sessionOptions })).rejects.toEqual(own)
})

test('a run that takes no model leaves the session as it is, and says so', async () => {
  await using tracked = await openTrackedRun()
  const problems: OnnxProblem[] = []
  const onProblem = (problem: OnnxProblem) => problems.push(problem)
  await tracked.run.finish()
  const session = await openTrackedSession(ort, digitsModel, { run: tracked.run, onProblem })
  expect((await session.run(feeds)).logits?.dims).toEqual([4, 10])
  expect(problems.map(({ code }) => code)).toEqual(['onnx-model-not-logged', 'onnx-no-run'])

  const quiet = await openTrackedSession(ort, digitsModel, { onProblem })
  expect((await quiet.run(feeds)).logits?.dims).toEqual([4, 10])
  expect(problems.map(({ code }) => code)).toEqual(['onnx-model-not-logged', 'onnx-no-run', 'onnx-no-run'])
})

const ends = {
  'the release of the session': (session: ort.InferenceSession) => session.release(),
  'the end of profiling': async (session: ort.InferenceSession) => session.endProfiling(),
  'the end of the run': async () => {},
}

test.each(Object.entries(ends))('%s logs the profile: operators, nodes, providers, and the trace', async (_, end) => {
  await using tracked = await openTrackedRun()
  const before = await profileFolders()
  const session = await openTrackedSession(ort, digitsModel, { run: tracked.run, logModel: false, profile: true })
  for (let count = 0; count < 5; count += 1) await session.run(feeds)
  await end(session)
  const { artifacts, summary, readTable, rows } = await tracked.finishAndRead()
  const operators = await readTable('onnx/profile/operators')
  expect(operators.map(({ operator }) => operator)).toContain('Gemm')
  expect(operators.reduce((sum, { share }) => sum + Number(share), 0)).toBeCloseTo(1, 9)
  expect(operators.find(({ operator }) => operator === 'Gemm')).toMatchObject({
    provider: 'CPUExecutionProvider',
    calls: 3,
  })
  expect(await readTable('onnx/profile/providers')).toHaveLength(1)
  expect((await readTable('onnx/profile/nodes')).length).toBeGreaterThanOrEqual(operators.length)
  expect(summary).toMatchObject({ 'onnx/profile/runs': 3, 'onnx/profile/run_ms_p50': expect.any(Number) })
  const traces = artifacts.filter(({ type }) => type === 'profile')
  expect(traces).toMatchObject([{ name: `run_${tracked.run.id}_onnx_profile` }])
  expect(traces.map(({ manifest }) => pathsOf(manifest))).toEqual([['profile.json']])
  expect(rows.filter((row) => 'onnx/profile/operators.path' in row)).toHaveLength(1)
  await until(async () => expect(await profileFolders()).toEqual(before))
})

test('a runtime that writes no profile says so', async () => {
  await using tracked = await openTrackedRun()
  const problems: OnnxProblem[] = []
  const before = await profileFolders()
  const session = await openTrackedSession(web, await readFile(digitsModel), {
    run: tracked.run,
    logModel: 'output',
    profile: true,
    onProblem: (problem) => problems.push(problem),
  })
  vi.spyOn(console, 'log').mockImplementation(() => {})
  await session.run({ image: new web.Tensor('float32', new Float32Array(64), [1, 1, 8, 8]) })
  await session.release()
  vi.restoreAllMocks()
  expect(await profileFolders()).toEqual(before)
  expect(problems.map(({ code }) => code)).toEqual(['onnx-profile-failed'])
})

test('where there is no place for a profile the session is opened without one', async () => {
  await using tracked = await openTrackedRun()
  const problems: OnnxProblem[] = []
  vi.stubEnv('TMPDIR', join(await folder(), 'no-such-folder'))
  onTestFinished(() => void vi.unstubAllEnvs())
  const session = await openTrackedSession(ort, digitsModel, {
    run: tracked.run,
    logModel: false,
    profile: true,
    onProblem: (problem) => problems.push(problem),
  })
  expect((await session.run(feeds)).logits?.dims).toEqual([4, 10])
  expect(problems.map(({ code }) => code)).toEqual(['onnx-profile-failed'])
})

test('a profile that somebody else has made is logged too', async () => {
  await using tracked = await openTrackedRun()
  const path = await folder()
  const session = await ort.InferenceSession.create(digitsModel, {
    enableProfiling: true,
    profileFilePrefix: join(path, 'mine'),
  })
  await session.run(feeds)
  session.endProfiling()
  const [file = ''] = await readdir(path)
  const profile = await logProfile(join(path, file), { run: tracked.run, name: 'mine', warmUpRuns: 0 })
  expect(profile).toMatchObject({
    runCount: 1,
    isWhole: true,
    providers: [{ provider: 'CPUExecutionProvider', share: 1 }],
  })
  expect(profile.kernelMs).toBeGreaterThan(0)
  expect(profile.loadMs).toBeGreaterThan(0)
  expect(profile.runMs.mean).toBeGreaterThanOrEqual(profile.kernelMs)

  // After a crash a trace breaks off somewhere.
  const text = await readFile(join(path, file), 'utf8')
  const cut = join(path, 'cut.json')
  await writeFile(cut, text.slice(0, -200))
  expect(await readProfile(cut, { warmUpRuns: 0 })).toMatchObject({ isWhole: false, runCount: 0 })
  // Other tools save it as one line.
  await writeFile(cut, JSON.stringify(JSON.parse(text)))
  expect(await readProfile(cut, { warmUpRuns: 0 })).toEqual(profile)
  const { readTable } = await tracked.finishAndRead()
  expect((await readTable('mine/profile/operators')).length).toBe(profile.operators.length)
})

test.each([
  ['', /does not begin/],
  ['{"a": 1}\n', /does not begin/],
  ['[\nno event\n]\n', /line 2/],
])('%j is no profile', async (content, message) => {
  const path = join(await folder(), 'trace.json')
  await writeFile(path, content)
  await expect(readProfile(path)).rejects.toMatchObject({
    code: 'onnx-profile',
    message: expect.stringMatching(message),
  })
})

test('a profile that is not there is refused by name', async () => {
  const path = join(await folder(), 'missing.json')
  await expect(readProfile(path)).rejects.toMatchObject({
    code: 'onnx-profile',
    message: expect.stringContaining(path),
  })
})

test('options that cannot be are refused before anything is opened', async () => {
  const create = vi.fn()
  const runtime = { InferenceSession: { create } }
  for (const options of [
    { logModel: 'both' },
    { name: '' },
    { profile: true, sessionOptions: { enableProfiling: true } },
  ]) {
    await expect(openTrackedSession(runtime, digitsModel, options as never)).rejects.toMatchObject({
      code: 'onnx-option',
    })
  }
  await expect(openTrackedSession({} as never, digitsModel)).rejects.toMatchObject({ code: 'onnx-option' })
  await expect(openTrackedSession(runtime, digitsModel, { logmodel: false } as never)).rejects.toThrow(/logmodel/)
  expect(create).not.toHaveBeenCalled()
})
