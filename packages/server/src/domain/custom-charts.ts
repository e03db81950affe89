import { type CustomChartInfo, encodeKeyPath, isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'
import type { CustomChartRow, RunRow, Store } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { runValues } from './run-values.ts'

/**
 * The custom charts that a run's config tells of, in the order in which they were logged.
 *
 * @param loggedKeys - Key path texts of everything that the run has logged.
 */
export function customChartsOf(run: RunRow, loggedKeys: ReadonlySet<string>): CustomChartInfo[] {
  const { visualize, viz } = runValues(run).internals
  // The table of a chart stands at the top of its row, under one label; older clients nested it.
  const logged = (name: string): Pick<CustomChartInfo, 'tableKey'> => {
    const tableKey = [encodeKeyPath([name]), name].find((candidate) => loggedKeys.has(candidate))
    return tableKey === undefined ? {} : { tableKey }
  }
  const charts = entriesOf(visualize).flatMap(([key, described]) => {
    const panel = described.panel_config
    if (!isJsonObject(panel) || typeof panel.panelDefId !== 'string') return []
    const [fields, texts] = [toTexts(panel.fieldSettings), toTexts(panel.stringSettings)]
    return [{ key, preset: panel.panelDefId, fields, texts, ...logged(tableName(panel) ?? `${key}_table`) }]
  })
  // `wandb.sklearn` still describes its charts in the form before, with the table under the chart's own key.
  const older = entriesOf(viz).flatMap(([key, { id }]) =>
    typeof id === 'string' ? [{ key, preset: id, fields: {}, texts: {}, ...logged(key) }] : [],
  )
  return [...charts, ...older]
}

/** A definition that somebody has stored, by the id that charts have for it: `entity/name`. */
export async function findChartDefinition(
  store: Store,
  at: { readonly entity: string; readonly name: string },
): Promise<CustomChartRow> {
  const chart = await store.customChart(at)
  if (chart !== undefined) return chart
  throw new ServerError({
    code: 'not-found',
    message: `There is no chart "${at.name}" of "${at.entity}".`,
    hint: 'Define it with wandb.Api().create_custom_chart, or ask whoever made it to make it public.',
  })
}

function entriesOf(value: JsonValue | undefined): [string, JsonObject][] {
  return isJsonObject(value)
    ? Object.entries(value).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
    : []
}

/** Deep in the query that W&B's page would send. */
function tableName(panel: JsonObject): string | undefined {
  let found: string | undefined
  const visit = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isJsonObject(value)) return
    if (value.name === 'tableKey' && typeof value.value === 'string') found ??= value.value
    for (const member of Object.values(value)) visit(member)
  }
  visit(panel.userQuery)
  return found
}

function toTexts(value: JsonValue | undefined): Record<string, string> {
  if (!isJsonObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
