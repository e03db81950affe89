import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Api } from '@lossline/core'
import { openTemporaryDirectory, spawnScript, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'

test('onnx-digits compares two models', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await using program = spawnScript(workspaceUrl('examples/onnx-digits/compare.ts'), {
    env: { LOSSLINE_DIR: directory.path },
  })
  const { exitCode } = await program.exited
  expect(program.stderr).not.toMatch(/Error|failed/)
  expect(exitCode).toBe(0)
  expect(program.stdout).toContain('Linear model: 0.9556 of 360 digits are right')
  expect(program.stdout).toContain('Convolutional network: 0.9639')
  expect(program.stdout).toContain('It puts 6 right, breaks 3, and 10 are wrong in both.')

  await using api = new Api({ dir: directory.path })
  const runs = await api.runs('onnx-digits', { filters: { group: 'comparison' }, order: '+created_at' }).toArray()
  expect(runs.map(({ name, state }) => [name, state])).toEqual([
    ['digits-linear', 'finished'],
    ['digits-cnn', 'finished'],
  ])
  // Each run says which model it has evaluated.
  const models = await Promise.all(runs.map((run) => run.usedArtifacts().toArray()))
  expect(models.map((used) => used.map(({ name, type }) => [name, type]))).toEqual([
    [['digits-linear', 'model']],
    [['digits-cnn', 'model']],
  ])
  // And the tables bring the image of each digit.
  const tables = await runs[1]?.loggedArtifacts().toArray()
  const predictions = await tables?.find(({ name }) => name.includes('predictions'))?.entries()
  expect(predictions?.filter(({ path }) => path.endsWith('.png'))).toHaveLength(360)
  const [linear, cnn] = runs.map(({ summary }) => summary)
  expect(linear).toMatchObject({ 'test/accuracy': 344 / 360 })
  expect(cnn).toMatchObject({
    'test/accuracy': 347 / 360,
    'test/delta/accuracy': expect.closeTo(3 / 360, 9),
    'test/predictions': { _type: 'table-file', nrows: 360 },
    'test/changes': { _type: 'table-file' },
    'profiled/profile/operators': { _type: 'table-file' },
    'profiled/profile/runs': 98,
  })
})

test('the linear model of onnx-digits is what its script makes', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const path = join(directory.path, 'model.onnx')
  await using program = spawnScript(workspaceUrl('examples/onnx-digits/scripts/train-linear.ts'), { args: [path] })
  expect((await program.exited).exitCode, program.stderr).toBe(0)
  const model = workspaceUrl('examples/onnx-digits/models/digits-linear.onnx')
  expect(await readFile(path)).toEqual(await readFile(model))
})
