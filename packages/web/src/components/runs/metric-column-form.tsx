import {
  decodeKeyPath,
  type MetricInfo,
  type MetricReduction,
  metricColumnKey,
  metricReductions,
  metricsOfColumnsMax,
  parseMetricColumn,
} from '@lossline/protocol'
import { type FormEvent, type ReactElement, useId, useMemo, useState } from 'react'
import { reductionNames } from '../../view/runs/table-columns.ts'

/** Adds a column with what the values of a metric come to in each run. */
export function MetricColumnForm(props: {
  readonly metrics: readonly MetricInfo[]
  /** Of the columns that are shown. */
  readonly keys: readonly string[]
  readonly onAdd: (key: string) => void
}): ReactElement {
  const [reduction, setReduction] = useState<MetricReduction>('min')
  const [name, setName] = useState('')
  const id = useId()
  const keysByName = useMemo(
    () =>
      new Map(
        props.metrics
          .filter(({ key, kind, stream }) => kind !== 'other' && stream === 'history' && !key.startsWith('_'))
          .map(({ key }) => [decodeKeyPath(key).join('.'), key]),
      ),
    [props.metrics],
  )
  const metric = keysByName.get(name.trim())
  const known = useMemo(() => new Set(props.keys.flatMap((key) => parseMetricColumn(key)?.metric ?? [])), [props.keys])
  const isFull = metric !== undefined && known.size >= metricsOfColumnsMax && !known.has(metric)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (metric === undefined || isFull) return
    props.onAdd(metricColumnKey({ reduction, metric }))
    setName('')
  }
  return (
    <form className="mt-3 flex flex-wrap items-center gap-2 border-line border-t pt-3" onSubmit={submit}>
      <label className="flex items-center gap-2">
        Add the
        <select
          className="control"
          onChange={({ target }) => setReduction(target.value as MetricReduction)}
          value={reduction}
        >
          {metricReductions.map((one) => (
            <option key={one} value={one}>
              {reductionNames[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="flex min-w-0 flex-1 items-center gap-2">
        of
        <input
          aria-label="Metric"
          className="control min-w-32 flex-1"
          list={id}
          onChange={({ target }) => setName(target.value)}
          placeholder="a metric"
          spellCheck={false}
          value={name}
        />
      </label>
      <datalist id={id}>
        {[...keysByName.keys()].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button className="button disabled:opacity-50" disabled={metric === undefined || isFull} type="submit">
        Add column
      </button>
      <span className="text-muted text-sm" role="status">
        {isFull && `Columns of ${metricsOfColumnsMax} metrics are shown. Hide some before you add others.`}
      </span>
    </form>
  )
}
