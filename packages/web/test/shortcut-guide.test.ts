import { expect, test } from 'vitest'
import { keyText } from '../src/keyboard/key-press.ts'
import { shortcutGroups, shortcuts } from '../src/keyboard/registry.ts'

/** As Markdown. `|` would end a cell. */
function toGuide(): string {
  const sections = shortcutGroups.map((group) => {
    const rows = shortcuts
      .filter((shortcut) => shortcut.group === group)
      .map(({ keys, label }) => {
        const texts = keys.map((key) => `\`${keyText(key, false).replaceAll('|', '\\|')}\``)
        return `| ${texts.join(', ') || 'none at first'} | ${label} |`
      })
    return [`## ${group}`, '', '| Keys | What they do |', '| --- | --- |', ...rows].join('\n')
  })
  return [
    '# Shortcuts of the page',
    '<!-- Written by `npm run shortcut-guide` from packages/web/src/keyboard/registry.ts. -->',
    'On a Mac, ⌘ takes the place of Ctrl. They do nothing while somebody types, in notebooks, and in charts where a key means something else. `?` shows those of the page that is open; **Settings › Shortcuts** changes them or switches single keys off.',
    ...sections,
    '',
  ].join('\n\n')
}

test('the guide tells of every shortcut', async () => {
  await expect(toGuide().replace(/\n+$/, '\n')).toMatchFileSnapshot('../../../docs/guide/shortcuts.md')
})
