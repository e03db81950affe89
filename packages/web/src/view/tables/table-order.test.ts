import { expect, test } from 'vitest'
import { inTableOrder } from './table-order.ts'

test('what somebody logged as a table comes before the points of plots', () => {
  const keys = ['confusion_table', 'samples10', 'a_table', 'samples9'].map((key) => ({ key }))
  expect(inTableOrder(keys).map(({ key }) => key)).toEqual(['samples9', 'samples10', 'a_table', 'confusion_table'])
})
