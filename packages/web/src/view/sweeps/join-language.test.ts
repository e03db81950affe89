import { expect, test } from 'vitest'
import { languageOfProgram, startCommand, sweepProgram } from './join-language.ts'

test('the program of a sweep says how to start it', () => {
  expect(sweepProgram('method: grid\nprogram: src/train.mts # ours\n')).toBe('src/train.mts')
  expect(sweepProgram('{"program": "fit.py", "method": "grid"}')).toBe('fit.py')
  expect(sweepProgram('{\n "method": "grid",\n "program": "fit.py"\n}')).toBe('fit.py')
  expect(sweepProgram('method: grid\nparameters:\n  my_program: 3')).toBeUndefined()
  expect(['a.py', 'a.IPYNB', 'a.mjs', 'a.tsx', 'run.sh', undefined].map(languageOfProgram)).toEqual([
    ...['python', 'python', 'javascript', 'javascript', undefined, undefined],
  ])
  expect(startCommand('javascript', 'fit.mjs')).toBe('node fit.mjs')
  // One of another language is not started by this one.
  expect(startCommand('javascript', 'fit.py')).toBe('node train.mjs')
  expect(startCommand('python', undefined)).toBe('python train.py')
})
