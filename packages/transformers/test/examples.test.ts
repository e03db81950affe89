import { openTemporaryDirectory, spawnScript, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'

test('transformers-tickets evaluates, writes and fine-tunes', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await using program = spawnScript(workspaceUrl('examples/transformers-tickets/main.ts'), {
    args: ['--epochs', '12'],
    env: { LOSSLINE_DIR: directory.path },
  })
  const { exitCode } = await program.exited
  expect(program.stderr).not.toMatch(/Error|Warning|failed/)
  expect(exitCode).toBe(0)
  expect(program.stdout).toContain('Accuracy: 0.9063 on 224 tickets')
  expect(program.stdout).toContain('The model writes: I cannot log in')
  expect(Number(/Test accuracy: (\d\.\d+)/.exec(program.stdout)?.[1])).toBeGreaterThan(0.7)
})
