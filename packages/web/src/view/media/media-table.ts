import type { PanelTable } from '../panels/panel-table.ts'
import type { ComparedItem } from './compared-media.ts'

/** Media as rows, each with a link to its file. */
export function mediaTable(items: readonly ComparedItem[]): PanelTable {
  return {
    columns: ['Run', 'Key', 'Step', 'No.', 'Caption', 'File'],
    rows: items.map(({ runName, key, step, index, item }) => [
      runName,
      key,
      step,
      index + 1,
      item.caption ?? '',
      { text: item.name, href: item.url },
    ]),
  }
}
