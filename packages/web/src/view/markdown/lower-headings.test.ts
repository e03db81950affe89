import { expect, test } from 'vitest'
import { lowerHeadings } from './lower-headings.ts'

function lowered(tags: string, level: number): string {
  const tokens = tags.split(' ').flatMap((tag) => [
    { type: 'heading_open', tag },
    { type: 'inline', tag: '' },
    { type: 'heading_close', tag },
  ])
  lowerHeadings(tokens, level)
  expect(tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag)).toEqual(
    tokens.filter(({ type }) => type === 'heading_close').map(({ tag }) => tag),
  )
  return tokens.flatMap(({ type, tag }) => (type === 'heading_open' ? [tag] : [])).join(' ')
}

test('headings of a text begin one below those around it and leave no level out', () => {
  expect(lowered('h1 h2 h2 h3 h1', 1)).toBe('h2 h3 h3 h4 h2')
  expect(lowered('h2 h4 h3 h2', 3)).toBe('h4 h5 h5 h4')
  expect(lowered('h3 h1 h6', 2)).toBe('h3 h3 h4')
  expect(lowered('h1 h2 h3 h4', 3)).toBe('h4 h5 h6 h6')
})
