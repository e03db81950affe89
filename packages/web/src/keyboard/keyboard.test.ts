import { expect, test } from 'vitest'
import { conflictsOf, findShortcut, keysOf } from './key-map.ts'
import { type KeyPress, keyName, keyText } from './key-press.ts'
import { parseKeySettings } from './key-store.ts'
import { shortcutOf, shortcuts } from './registry.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
  key,
})

test('Shift changes letters, not signs; caps lock changes nothing', () => {
  expect(keyName(press('l'), false)).toBe('l')
  expect(keyName(press('L', { shiftKey: true }), false)).toBe('Shift+L')
  expect(keyName(press('L'), false)).toBe('l')
  expect(keyName(press('?', { shiftKey: true }), false)).toBe('?')
  expect(keyName(press(' '), false)).toBe('Space')
  expect(keyName(press('Shift', { shiftKey: true }), false)).toBeUndefined()
})

test('Ctrl is the command key on a Mac, where Ctrl itself belongs to text fields', () => {
  expect(keyName(press('k', { ctrlKey: true }), false)).toBe('Mod+k')
  expect(keyName(press('k', { metaKey: true }), true)).toBe('Mod+k')
  expect(keyName(press('k', { ctrlKey: true }), true)).toBeUndefined()
  expect(keyName(press('k', { metaKey: true }), false)).toBeUndefined()
  expect(keyName(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+z')
})

test('signs that are typed with AltGr are what they are', () => {
  expect(keyName(press('\\', { ctrlKey: true, altKey: true }), false)).toBe('\\')
  expect(keyName(press('[', { ctrlKey: true, altKey: true }), false)).toBe('[')
  expect(keyName(press('j', { altKey: true }), false)).toBeUndefined()
})

test('keys are written for people', () => {
  expect(keyText('Mod+k', false)).toBe('Ctrl K')
  expect(keyText('Mod+Shift+z', true)).toBe('⌘ Shift Z')
  expect(keyText('g w', false)).toBe('G then W')
  expect(keyText('+', false)).toBe('+')
})

test('no two shortcuts have the same key, and none is the beginning of another', () => {
  for (const shortcut of shortcuts) {
    for (const keys of shortcut.keys) expect(conflictsOf(shortcut.id, keys, {})).toEqual([])
  }
})

test('a sequence is found after its beginning, and chosen keys replace those of the registry', () => {
  expect(findShortcut('g')).toEqual({ shortcut: undefined, isBeginning: true })
  expect(findShortcut('g w').shortcut?.id).toBe('go-workspace')
  const choices = { 'log-y': ['y'], 'log-x': [] }
  expect(findShortcut('l', choices).shortcut).toBeUndefined()
  expect(findShortcut('y', choices).shortcut?.id).toBe('log-y')
  expect(keysOf(shortcutOf('log-x'), choices)).toEqual([])
  expect(conflictsOf('log-y', 'g', {}).map(({ id }) => id)).toContain('go-workspace')
  expect(conflictsOf('log-y', 's', {}).map(({ id }) => id)).toEqual(['smoothing-up'])
})

test('settings that a browser has kept are read with care', () => {
  const all = { isEnabled: true, choices: {} }
  for (const broken of [undefined, null, 'off', 7, { choices: 'x' }]) expect(parseKeySettings(broken)).toEqual(all)
  expect(
    parseKeySettings({ isEnabled: false, choices: { 'log-y': ['y'], gone: ['q'], 'log-x': 'x', undo: [1] } }),
  ).toEqual({
    isEnabled: false,
    choices: { 'log-y': ['y'] },
  })
})
