import { expect, test } from 'vitest'
import { createCallOptions } from './call-options.ts'

test('options of log and finish are taken as far as they are known, and what is wrong is said once', () => {
  const said: string[] = []
  const options = createCallOptions((line) => said.push(line))
  // As a program in JavaScript may pass them.
  const ofLog = (given: unknown) => options.ofLog(given as never)
  expect(ofLog(undefined)).toEqual({})
  expect(ofLog({ step: 3, commit: true })).toEqual({ step: 3, commit: true })
  expect(said).toEqual([])

  for (let call = 0; call < 2; call += 1) {
    expect(ofLog({ stpe: 3, commit: false })).toMatchObject({ commit: false })
    expect(ofLog(5)).toEqual({ step: 5 })
    expect(ofLog('last')).toEqual({})
    expect(ofLog(null)).toEqual({})
    expect(options.ofFinish({ exitcode: 1, quiet: true } as never)).toMatchObject({ quiet: true })
    expect(options.ofFinish({ exitCode: '1' } as never)).toMatchObject({ exitCode: 1 })
  }
  expect(said).toMatchInlineSnapshot(`
    [
      "log: there is no option "stpe". Did you mean step?",
      "log: the step is an option; the number is taken as that. Call run.log(metrics, { step }).",
      "log: its options are one object, not "last". Pass { step, commit }, or some of them.",
      "log: its options are one object, not null. Pass { step, commit }, or some of them.",
      "finish: there is no option "exitcode". Did you mean exitCode?",
      "finish: exitCode is a whole number from 0 to 255, not "1"; the run counts as failed, with 1. Pass 0 for success and 1 for failure.",
    ]
  `)
})

test.each([
  [0, 0],
  [3, 3],
  [255, 255],
  [-1, 255],
  [undefined, undefined],
  [null, undefined],
])('finish takes the exit code %s as the parent of a process would see it', (exitCode, taken) => {
  const said: string[] = []
  expect(createCallOptions((line) => said.push(line)).ofFinish({ exitCode } as never).exitCode).toBe(taken)
  expect(said).toEqual([])
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 40, 256, -129, 'x', '1', true, 3n, {}, Symbol('s')])(
  'finish takes no %s for an exit code: the run has failed, and that is said',
  (exitCode) => {
    const said: string[] = []
    expect(createCallOptions((line) => said.push(line)).ofFinish({ exitCode } as never).exitCode).toBe(1)
    expect(said).toEqual([expect.stringMatching(/^finish: exitCode is a whole number from 0 to 255, not .* failed/)])
  },
)

test('names that are made anew with every call are told a few times only', () => {
  const lines: string[] = []
  const options = createCallOptions((line) => void lines.push(line))
  // A caller without types.
  for (let step = 0; step < 1000; step += 1) options.ofLog({ [`step${step}`]: step } as object)
  expect(lines).toHaveLength(20)
})
