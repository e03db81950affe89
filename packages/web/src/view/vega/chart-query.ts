import { splitKeys } from '../text/split-keys.ts'
import { isObject, type Json, type JsonObject, listAt, textAt } from '../workspace/json.ts'

/** Which of their data the runs give to a chart. */
export interface ChartQuery {
  /** Key of a table; undefined: none. */
  readonly table: string | undefined
  /** Keys of history, whose values of one row stand in one row. */
  readonly history: readonly string[]
  readonly summary: readonly string[]
  readonly config: readonly string[]
}

export const emptyChartQuery: ChartQuery = { table: undefined, history: [], summary: [], config: [] }

/** Reads W&B's query: a tree of fields below `runSets`. What this page has no data for is left alone. */
export function readChartQuery(userQuery: Json | undefined): ChartQuery {
  let query = emptyChartQuery
  const visit = (field: Json): void => {
    if (!isObject(field)) return
    const name = textAt(field, 'name')
    if (name === 'summaryTable' || name === 'historyTable') {
      query = { ...query, table: query.table ?? textOf(field, 'tableKey') }
    } else if (name === 'history' || name === 'summary' || name === 'config') {
      query = { ...query, [name]: [...new Set([...query[name], ...keysOf(field)])] }
    } else {
      listAt(field, 'fields').forEach(visit)
    }
  }
  if (isObject(userQuery)) listAt(userQuery, 'queryFields').forEach(visit)
  return query
}

/** The query as W&B's programs have it. */
export function toUserQuery({ table, history, summary, config }: ChartQuery): JsonObject {
  const leaf = (name: string): JsonObject => ({ name, args: [], fields: [] })
  const withKeys = (name: string, keys: readonly string[]): JsonObject[] =>
    keys.length === 0 ? [] : [{ name, args: [{ name: 'keys', value: [...keys] }], fields: [] }]
  const tables =
    table === undefined ? [] : [{ name: 'summaryTable', args: [{ name: 'tableKey', value: table }], fields: [] }]
  return {
    queryFields: [
      {
        name: 'runSets',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what W&B's programs put the runs in for.
        args: [{ name: 'runSets', value: '${runSets}' }],
        fields: [
          leaf('id'),
          leaf('name'),
          leaf('_defaultColorIndex'),
          ...tables,
          ...withKeys('history', history),
          ...withKeys('summary', summary),
          ...withKeys('config', config),
        ],
      },
    ],
  }
}

function argument(field: JsonObject, name: string): Json | undefined {
  const found = listAt(field, 'args').find((one) => isObject(one) && one.name === name)
  return isObject(found) ? found.value : undefined
}

function textOf(field: JsonObject, name: string): string | undefined {
  const value = argument(field, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** As a list, or one text of several with commas. */
function keysOf(field: JsonObject): readonly string[] {
  const value = argument(field, 'keys')
  if (typeof value === 'string') return splitKeys(value)
  return Array.isArray(value) ? value.filter((key: Json) => typeof key === 'string' && key !== '') : []
}
