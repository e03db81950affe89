import { type CustomChartInfo, encodeKeyPath, isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { runValues } from './run-values.ts'

/**
 * The custom charts that a run's config tells of, in the order in which they were logged.
 *
 * @param loggedKeys - Key path texts of everything that the run has logged.
 */
export function customChartsOf(run: RunRow, loggedKeys: ReadonlySet<string>): CustomChartInfo[] {
  const { visualize } = runValues(run).internals
  if (!isJsonObject(visualize)) return []
  return Object.entries(visualize).flatMap(([key, described]) => {
    const panel = isJsonObject(described) ? described.panel_config : undefined
    if (!isJsonObject(panel) || typeof panel.panelDefId !== 'string') return []
    const name = tableName(panel) ?? `${key}_table`
    // The table of a chart stands at the top of its row, under one label; older clients nested it.
    const tableKey = [encodeKeyPath([name]), name].find((candidate) => loggedKeys.has(candidate))
    return [
      {
        key,
        preset: panel.panelDefId,
        fields: toTexts(panel.fieldSettings),
        texts: toTexts(panel.stringSettings),
        ...(tableKey === undefined ? {} : { tableKey }),
      },
    ]
  })
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
