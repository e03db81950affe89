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

// Two at a time: each program is busy with one core.
test('the examples run', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const run = (script: string, args: readonly string[] = []) => runExample(script, directory.path, args)
  const [trained, denoised] = await Promise.all([
    run('tfjs-digits/train.ts', ['--epochs', '1']),
    run('custom-loop/train.ts', ['--epochs', '6']),
  ])
  const [evaluated, resumed, searched] = await Promise.all([
    run('tfjs-digits/evaluate.ts'),
    run('tfjs-digits/train.ts', ['--epochs', '2', '--resume', 'digits-cnn:latest']),
    runExample('sweep-digits/sweep.ts', directory.path, ['--trials', '4']),
  ])

  const accuracy = /Test accuracy: (\d\.\d+)/
  expect(Number(/Best validation loss: (\d\.\d+)/.exec(denoised)?.[1])).toBeLessThan(0.05)
  // The best model of the training, found by another program.
  expect(evaluated).toMatch(/local\/tfjs-digits\/digits-cnn:v0 comes from run \w{8}\./)
  expect(evaluated).toContain(`Accuracy: ${accuracy.exec(trained)?.[1]}`)
  expect(resumed.match(/Epoch \d of \d/g)).toEqual(['Epoch 2 of 2'])
  expect(Number(accuracy.exec(resumed)?.[1])).toBeGreaterThan(0.8)
  expect(Number(/Best validation loss (\d\.\d+) with \{"learningRate"/.exec(searched)?.[1])).toBeLessThan(2)
})
