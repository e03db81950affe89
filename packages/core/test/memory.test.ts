import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'

const program = new URL('programs/memory.ts', import.meta.url)
// The source is compiled when it is loaded, which takes about 40 MiB more than the built package does; see
// `memory` in bench for a million rows.
const boundMebibytes = 160

async function measure(sdk: 'with' | 'without', rowCount: number, imageCount: number): Promise<number> {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(program, { args: [String(rowCount), String(imageCount), sdk, directory.path] })
  expect(await child.exited, child.stderr).toEqual({ exitCode: 0, signal: null })
  return Number(child.stdout) / 2 ** 20
}

test('the memory of the SDK stays bounded: 300,000 rows, 2,000 images', { timeout: 120_000 }, async () => {
  const added = (await measure('with', 300_000, 2000)) - (await measure('without', 300_000, 2000))
  console.log(`The SDK added ${added.toFixed(0)} MiB; the bound is ${boundMebibytes} MiB.`)
  expect(added).toBeLessThan(boundMebibytes)
})
