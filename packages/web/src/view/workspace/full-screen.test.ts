import { expect, test } from 'vitest'
import { findFullScreen, fullScreenCodec } from './full-screen.ts'
import type { ShownSection } from './show-workspace.ts'

const section = (name: string, ids: readonly string[]) =>
  ({ name, panels: ids.map((id) => ({ id, title: `title ${id}` })) }) as unknown as ShownSection
const sections = [section('A', ['1', '2']), section('B', ['3']), section('C', ['3b'])]

test('a panel is found by its id or as W&B’s links name it, with its neighbours over all sections', () => {
  const found = (params: Record<string, string>) => findFullScreen(sections, fullScreenCodec.parse(params))
  expect(found({ panel: '2' })).toMatchObject({
    panel: { id: '2' },
    section: { name: 'A' },
    previousId: '1',
    nextId: '3',
  })
  expect(found({ panelDisplayName: 'title 3', panelSectionName: 'B' })).toMatchObject({ panel: { id: '3' } })
  expect(found({ panelDisplayName: 'title 3', panelSectionName: 'A' })).toBeUndefined()
  expect(found({ panelDisplayName: 'title 1' })).toMatchObject({ panel: { id: '1' }, previousId: undefined })
  expect(found({ panel: 'gone' })).toBeUndefined()
  expect(found({})).toBeUndefined()
})
