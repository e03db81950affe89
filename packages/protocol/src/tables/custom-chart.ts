import type { JsonObject } from '../json/json-value.ts'

/** A chart of W&B's own or a user's presets: which, what of a table it shows, and its texts. */
export interface ChartPreset {
  /** Id of the preset, such as `wandb/line/v0`. */
  readonly id: string
  /** For each field of the preset the column of the table; `null` leaves a field out. */
  readonly fields: Readonly<Record<string, string | null>>
  /** Values of the preset's texts, such as `title`. */
  readonly texts: Readonly<Record<string, string>>
  /** Whether the page shows the table in a section of its own. */
  readonly isTableSplit: boolean
}

/** The key under which the table of a chart is logged. Nested keys are joined with dots before. */
export function toChartTableKey(key: string, isTableSplit: boolean): string {
  return isTableSplit ? `Custom Chart Tables/${key}_table` : `${key}_table`
}

/** What the config says of a chart, below `_wandb` → `visualize` → its key. */
export function toChartConfig(key: string, preset: ChartPreset): JsonObject {
  const tableKey = { name: 'tableKey', value: toChartTableKey(key, preset.isTableSplit) }
  return {
    panel_type: 'Vega2',
    panel_config: {
      panelDefId: preset.id,
      fieldSettings: { ...preset.fields },
      stringSettings: { ...preset.texts },
      transform: { name: 'tableWithLeafColNames' },
      userQuery: {
        queryFields: [
          {
            name: 'runSets',
            // The page puts its own selection of runs in; this is no template of ours.
            args: [{ name: 'runSets', value: '$'.concat('{runSets}') }],
            fields: [
              { name: 'id', fields: [] },
              { name: 'name', fields: [] },
              { name: '_defaultColorIndex', fields: [] },
              { name: 'summaryTable', args: [tableKey], fields: [] },
            ],
          },
        ],
      },
    },
  }
}
