import { openTemporaryDirectory, spawnScript, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'

/** Runs a program of an example, which logs into a data folder, to its end. */
async function runExample(script: string, dataDirectory: string, args: readonly string[] = []): Promise<string> {
  await using program = spawnScript(workspaceUrl(`examples/${script}`), {
    args,
    env: { LOSSLINE_DIR: dataDirectory },
  })
  const { exitCode } = await program.exited
  expect(program.stderr).not.toMatch(/Error|Warning|failed/)
  expect(exitCode).toBe(0)
  return program.stdout
}

test('tfjs-digits trains, evaluates its best model in another run, and goes on', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const trained = await runExample('tfjs-digits/train.ts', directory.path, ['--epochs', '1'])
  const [, accuracy = ''] = /Test accuracy: (\d\.\d+)/.exec(trained) ?? []

  const evaluated = await runExample('tfjs-digits/evaluate.ts', directory.path)
  expect(evaluated).toContain('local/tfjs-digits/digits-cnn:v0 comes from run')
  expect(evaluated).toContain(`Accuracy: ${accuracy}`)

  const resumed = await runExample('tfjs-digits/train.ts', directory.path, [
    ...['--epochs', '2', '--resume', 'digits-cnn:latest'],
  ])
  expect(resumed.match(/Epoch \d of \d/g)).toEqual(['Epoch 2 of 2'])
  expect(Number(/Test accuracy: (\d\.\d+)/.exec(resumed)?.[1])).toBeGreaterThan(0.8)
})

test('custom-loop takes noise away', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const output = await runExample('custom-loop/train.ts', directory.path, ['--epochs', '6'])
  expect(Number(/Best validation loss: (\d\.\d+)/.exec(output)?.[1])).toBeLessThan(0.05)
})
