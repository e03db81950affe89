import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
})

test('the linear model of onnx-digits is what its script makes', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const path = join(directory.path, 'model.onnx')
  await using program = spawnScript(workspaceUrl('examples/onnx-digits/scripts/train-linear.ts'), { args: [path] })
  expect((await program.exited).exitCode, program.stderr).toBe(0)
  const model = workspaceUrl('examples/onnx-digits/models/digits-linear.onnx')
  expect(await readFile(path)).toEqual(await readFile(model))
})
