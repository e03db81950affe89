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
  }
  expect(said).toMatchInlineSnapshot(`
    [
      "log: there is no option "stpe". Did you mean step?",
      "log: the step is an option; the number is taken as that. Call run.log(metrics, { step }).",
      "log: its options are one object, not "last". Pass { step, commit }, or some of them.",
      "log: its options are one object, not null. Pass { step, commit }, or some of them.",
      "finish: there is no option "exitcode". Did you mean exitCode?",
    ]
  `)
})
