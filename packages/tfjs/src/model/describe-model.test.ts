import { expect, test } from 'vitest'
import { describeModel } from './describe-model.ts'

test('a long summary is cut, and says so', () => {
  const modelOf = (lineCount: number) => ({
    summary(_lineLength?: number, _positions?: number[], print?: (line: string) => void) {
      for (let line = 0; line < lineCount; line += 1) print?.('layer '.padEnd(99, '.'))
    },
  })
  expect(describeModel(modelOf(2)).summary).toHaveLength(2 * 99 + 1)
  const { summary } = describeModel(modelOf(1000))
  expect(summary).toHaveLength(20_002)
  expect(summary).toMatch(/\n…$/)
})

test('a model that does not answer is described by what it does answer', () => {
  const fail = () => {
    throw new Error('not built')
  }
  expect(describeModel({ name: 'odd', countParams: fail, summary: fail })).toEqual({ name: 'odd' })
})
