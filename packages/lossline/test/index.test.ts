import * as core from '@lossline/core'
import { expect, test } from 'vitest'
import * as lossline from '../src/index.ts'

/** What core has for our other packages, not for programs that track their runs. */
const forPackages = ['findDataDirectory', 'findStoredApiKey', 'readSettings']

test('what people install has all of the SDK', () => {
  const names = Object.keys(core).filter((name) => !forPackages.includes(name))
  expect(Object.keys(lossline).sort()).toEqual(names.sort())
  for (const name of names) expect(Reflect.get(lossline, name)).toBe(Reflect.get(core, name))
})
