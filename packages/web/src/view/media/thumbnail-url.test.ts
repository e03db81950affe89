import { expect, test } from 'vitest'
import { thumbnailUrl } from './thumbnail-url.ts'

test('a picture is asked for as small as every pixel that is seen allows', () => {
  const ask = (height: number | undefined, shown: number, ratio = 1): string =>
    thumbnailUrl({ url: '/f?name=a', name: 'a', ...(height !== undefined && { height }) }, shown, ratio)
  expect(ask(3000, 100)).toBe('/f?name=a&height=128')
  expect(ask(3000, 128)).toBe('/f?name=a&height=128')
  expect(ask(3000, 100, 2)).toBe('/f?name=a&height=256')
  expect(ask(undefined, 300)).toBe('/f?name=a&height=512')
  expect(ask(3000, 300, 2)).toBe('/f?name=a')
  expect(ask(255, 100)).toBe('/f?name=a')
  expect(ask(256, 100)).toBe('/f?name=a&height=128')
})
