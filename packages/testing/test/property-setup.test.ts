import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  fc.resetConfigureGlobal()
})

/** Examples as a property sees them after the setup, by the variables of the moment. */
async function examples(): Promise<readonly number[]> {
  vi.resetModules()
  await import('../src/property-setup.ts')
  const seen: number[] = []
  fc.assert(fc.property(fc.integer(), (value) => void seen.push(value)))
  return seen
}

test('properties try the same examples in every run, and others for another seed', async () => {
  vi.stubEnv('LOSSLINE_SEED', undefined)
  vi.stubEnv('LOSSLINE_EXAMPLES', undefined)
  const first = await examples()
  expect(first).toHaveLength(100)
  expect(await examples()).toEqual(first)
  const sampled = fc.sample(fc.integer(), 5)
  expect(fc.sample(fc.integer(), 5)).toEqual(sampled)

  vi.stubEnv('LOSSLINE_SEED', '2')
  vi.stubEnv('LOSSLINE_EXAMPLES', '3')
  const others = await examples()
  expect(others).toHaveLength(300)
  expect(others.slice(0, 100)).not.toEqual(first)
  expect(fc.sample(fc.integer(), 5)).not.toEqual(sampled)
})
