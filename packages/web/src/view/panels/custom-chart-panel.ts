import type { CustomChartInfo } from '@lossline/protocol'
import { type ChartQuery, readChartQuery, toUserQuery } from '../vega/chart-query.ts'
import { chartTitle } from '../vega/custom-chart.ts'
import { isObject, type JsonObject, objectAt, textAt, withKeys } from '../workspace/json.ts'
import { type OfferedPanel, offeredSections } from '../workspace/sections.ts'
import type { PanelKind } from './panel-kind.ts'

/** A chart of W&B's presets, of a stored definition, or of a spec of its own, over data of the runs. */
export interface CustomChartConfig {
  readonly title: string | undefined
  /** Such as `wandb/line/v0`, or `entity/name`. */
  readonly definitionId: string | undefined
  /** Vega or Vega-Lite as JSON text, instead of a definition. */
  readonly specText: string | undefined
  readonly fields: Readonly<Record<string, string>>
  readonly texts: Readonly<Record<string, string>>
  readonly query: ChartQuery
}

export const customChartPanel: PanelKind<CustomChartConfig> = {
  kind: 'Vega2',
  title: 'Custom chart',
  description: 'Vega-Lite or Vega over tables, history, config and summary',
  needs: 'nothing',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || textAt(objectAt(config, 'stringSettings'), 'title') || undefined,
    definitionId: textAt(config, 'panelDefId') || undefined,
    specText: readSpec(config),
    fields: textsOf(config, 'fieldSettings'),
    texts: textsOf(config, 'stringSettings'),
    query: readChartQuery(config.userQuery),
  }),
  titleOf: ({ title, definitionId, specText, query }) =>
    title ?? query.table ?? (specText === undefined ? definitionId : undefined) ?? 'Custom chart',
  metricsOf: ({ query }) => query.history,
  create: () =>
    withSpec({ userQuery: toUserQuery({ table: undefined, history: ['_step'], summary: [], config: [] }) }, firstSpec),
}

/** What a new chart draws until somebody writes another spec. */
const firstSpec = JSON.stringify(
  {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: { name: 'wandb' },
    mark: { type: 'point', tooltip: true },
    encoding: {
      x: { field: '_step', type: 'quantitative' },
      y: { field: 'name', type: 'nominal' },
      color: { field: 'color', type: 'nominal', scale: null },
    },
  },
  null,
  2,
)

/** The JSON with another spec. */
export function withSpec(config: JsonObject, specText: string): JsonObject {
  return withKeys(config, { customPanelDef: withKeys(objectAt(config, 'customPanelDef'), { spec: specText }) })
}

/** The JSON with another query. */
export function withChartQuery(config: JsonObject, query: ChartQuery): JsonObject {
  return withKeys(config, { userQuery: toUserQuery(query) })
}

/** Panels for the custom charts that runs have logged. */
export function offerCustomCharts(
  charts: readonly (CustomChartInfo & { readonly runCount: number })[],
): readonly OfferedPanel[] {
  return charts.map(({ runCount, ...info }) => ({
    id: `auto:chart:${info.key}`,
    kind: customChartPanel.kind,
    config: toConfig(info),
    title: chartTitle(info),
    sectionName: offeredSections.charts,
    runCount,
  }))
}

/** What a run says of a chart, in the words of panels. */
function toConfig({ key, preset, fields, texts, tableKey }: CustomChartInfo): JsonObject {
  return {
    panelDefId: preset,
    fieldSettings: fields,
    stringSettings: texts,
    ...(texts.title ? {} : { chartTitle: key }),
    transform: { name: 'tableWithLeafColNames' },
    userQuery: toUserQuery({ table: tableKey, history: [], summary: [], config: [] }),
  }
}

/** As text; W&B's programs keep it as an object too. */
function readSpec(config: JsonObject): string | undefined {
  const { spec } = objectAt(config, 'customPanelDef')
  if (typeof spec === 'string') return spec === '' ? undefined : spec
  return isObject(spec) ? JSON.stringify(spec, null, 2) : undefined
}

function textsOf(config: JsonObject, key: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(config, key))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
