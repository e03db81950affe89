import { expect, test } from 'vitest'
import { contrastRatio } from '../../../test/support/color-difference.ts'
import { panelBackground, type Theme } from './palette.ts'
import { sequentialColor, sequentialMarkColor } from './sequential-color.ts'

function toHex(color: string): string {
  const channels = color.match(/\d+/g)!.map((channel) => Number(channel).toString(16).padStart(2, '0'))
  return `#${channels.join('')}`
}

test.each<Theme>(['light', 'dark'])('every dot and line stands out from the %s panel, brighter for more', (theme) => {
  let before = 0
  for (let share = 0; share <= 1; share += 0.01) {
    const color = toHex(sequentialMarkColor(share, theme))
    expect(contrastRatio(color, panelBackground[theme]), `${share} ${color}`).toBeGreaterThanOrEqual(3)
    const brightness = contrastRatio(color, '#000000')
    expect(brightness).toBeGreaterThanOrEqual(before)
    before = brightness
  }
})

test('shares beyond the scale have the colours of its ends', () => {
  expect(sequentialMarkColor(-1, 'light')).toBe(sequentialColor(0))
  expect(sequentialMarkColor(7, 'dark')).toBe(sequentialColor(1))
})
