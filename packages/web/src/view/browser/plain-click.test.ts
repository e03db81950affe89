import { expect, test } from 'vitest'
import { isPlainClick } from './plain-click.ts'

test('only a click of the first button without keys is the page’s', () => {
  const plain = { button: 0, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }
  expect(isPlainClick(plain)).toBe(true)
  expect(isPlainClick({ ...plain, button: 1 })).toBe(false)
  for (const key of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey'])
    expect(isPlainClick({ ...plain, [key]: true })).toBe(false)
})
