import { expect, test } from 'vitest'
import { contrastRatio, distance, type Vision, visions } from '../../../test/support/color-difference.ts'
import { dashGradient, hues, panelBackground, runStyle, type Theme } from './palette.ts'

const themes: readonly Theme[] = ['light', 'dark']

test.each(themes)('every hue stands out from the %s panel', (theme) => {
  for (const hue of hues)
    expect(contrastRatio(hue[theme], panelBackground[theme]), hue[theme]).toBeGreaterThanOrEqual(3)
})

test.each(themes)('any two hues can be told apart, %s, whichever cones are missing', (theme) => {
  for (const vision of Object.keys(visions) as Vision[]) {
    for (const [i, a] of hues.entries()) {
      for (const b of hues.slice(i + 1)) {
        expect(distance(a[theme], b[theme], vision), `${vision} ${a[theme]} ${b[theme]}`).toBeGreaterThanOrEqual(0.09)
      }
    }
  }
})

test.each(themes)('runs made one after the other are further apart still (0.12 rounded), %s', (theme) => {
  for (const [i, hue] of hues.entries()) {
    const next = hues[(i + 1) % hues.length]!
    for (const vision of Object.keys(visions) as Vision[]) {
      expect(distance(hue[theme], next[theme], vision), `${hue[theme]} ${next[theme]}`).toBeGreaterThanOrEqual(0.119)
    }
  }
})

test('32 runs in a row look different, the 33rd as the first', () => {
  const looks = Array.from({ length: 32 }, (_, i) => JSON.stringify(runStyle(i + 1, 'dark')))
  expect(new Set(looks).size).toBe(32)
  expect(runStyle(33, 'dark')).toEqual(runStyle(1, 'dark'))
})

test('a dash is a background that repeats it', () => {
  expect(dashGradient({ color: '#111', dash: [] })).toBe('#111')
  expect(dashGradient({ color: '#111', dash: [8, 4] })).toBe(
    'repeating-linear-gradient(90deg, #111 0px 8px, transparent 8px 12px)',
  )
  expect(dashGradient({ color: '#111', dash: [2] })).toBe(
    'repeating-linear-gradient(90deg, #111 0px 2px, transparent 2px 4px)',
  )
})
