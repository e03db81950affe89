import { isObject, type JsonObject } from '../workspace/json.ts'
import type { ChartRow } from './chart-rows.ts'
import { dataName } from './fill-spec.ts'

/** A spec with rows as its data, and whether it fills the place that it is given. */
export interface SpecWithRows {
  readonly spec: object
  readonly isFitting: boolean
}

/** Several charts in one lay themselves out. */
const composites = ['facet', 'repeat', 'concat', 'hconcat', 'vconcat']

export function withRows(language: 'vega' | 'vega-lite', spec: JsonObject, rows: readonly ChartRow[]): SpecWithRows {
  if (language === 'vega') {
    const data = (Array.isArray(spec.data) ? spec.data : []).map((source) =>
      isObject(source) && source.name === dataName ? { ...source, values: rows } : source,
    )
    return { spec: { autosize: fit, ...spec, data }, isFitting: true }
  }
  const encoding = isObject(spec.encoding) ? spec.encoding : {}
  const isComposite = [...composites, 'spec'].some((key) => key in spec) || 'row' in encoding || 'column' in encoding
  const isFitting = !isComposite && !('facet' in encoding)
  return {
    spec: {
      ...(isFitting && { autosize: fit }),
      ...spec,
      ...(isFitting && { width: 'container', height: 'container' }),
      data: spec.data ?? { name: dataName },
      datasets: { ...(isObject(spec.datasets) ? spec.datasets : {}), [dataName]: rows },
    },
    isFitting,
  }
}

const fit = { type: 'fit', contains: 'padding' }
