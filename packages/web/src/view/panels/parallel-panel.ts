import type { Range } from '../address/url-state.ts'
import { booleanAt, isObject, type Json, type JsonObject, listAt, textAt, withKeys } from '../workspace/json.ts'
import { fromAccessor, shortKey, toAccessor } from './axis-key.ts'
import type { PanelKind } from './panel-kind.ts'

/** An axis that every run crosses. */
export interface ParallelColumn {
  /** As queries have it. */
  readonly key: string
  readonly title: string
  readonly isInverted: boolean
  readonly isLog: boolean
  /** What numbers the axis shows; those beyond stand at its ends. Default: all. */
  readonly ends?: Range | undefined
}

/** Runs as lines over several axes. */
export interface ParallelConfig {
  readonly title: string | undefined
  /** The last one colours the lines. */
  readonly columns: readonly ParallelColumn[]
}

export const parallelPanel: PanelKind<ParallelConfig> = {
  kind: 'Parallel Coordinates Plot',
  title: 'Parallel coordinates',
  description: 'Runs as lines over their settings and results',
  needs: 'nothing',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    columns: listAt(config, 'columns').flatMap(readColumn),
  }),
  titleOf: ({ title }) => title ?? 'Parallel coordinates',
  metricsOf: () => [],
  create: () => ({ columns: [] }),
}

/** The JSON with other axes; one that stays keeps what it says. */
export function withColumnKeys(config: JsonObject, keys: readonly string[]): JsonObject {
  const before = listAt(config, 'columns').filter(isObject)
  const columns = keys.map(
    (key) => before.find((one) => fromAccessor(textAt(one, 'accessor')) === key) ?? { accessor: toAccessor(key) },
  )
  return withKeys(config, { columns })
}

function readColumn(value: Json): readonly ParallelColumn[] {
  const key = isObject(value) ? fromAccessor(textAt(value, 'accessor')) : undefined
  if (key === undefined || !isObject(value)) return []
  return [
    {
      key,
      title: textAt(value, 'displayName') || shortKey(key),
      isInverted: booleanAt(value, 'inverted') === true,
      isLog: booleanAt(value, 'log') === true,
    },
  ]
}
