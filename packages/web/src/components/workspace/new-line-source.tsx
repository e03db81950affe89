import type { ReactElement } from 'react'
import { useFormulaNames } from '../../hooks/workspace/use-formula-names.ts'
import { type LineOrigin, readLineSources, withFormulas, withPattern } from '../../view/panels/line-source.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import { FormulaField } from '../panels/formula-field.tsx'
import { PatternField } from '../panels/pattern-field.tsx'

/** What a new line chart is of, where that is no list of metrics. It is taken over while it is typed, for the preview beside it. */
export function NewLineSource(props: {
  readonly origin: Exclude<LineOrigin, 'metrics'>
  readonly config: JsonObject
  readonly metrics: MetricsByName
  readonly onChange: (config: JsonObject) => void
}): ReactElement {
  const { origin, config, metrics, onChange } = props
  const names = useFormulaNames(metrics)
  const { pattern, formulas } = readLineSources(config)
  return origin === 'pattern' ? (
    <PatternField isLive metrics={metrics} onChange={(next) => onChange(withPattern({}, next))} value={pattern} />
  ) : (
    <>
      <FormulaField
        isLive
        label="Formula"
        names={names}
        onChange={(formula) => onChange(withFormulas({}, formula === '' ? [] : [formula]))}
        placeholder="1 - ${acc}"
        value={formulas[0] ?? ''}
      />
      <p className="mt-1 text-muted text-sm">
        Names are offered while you type. Further formulas come into its settings.
      </p>
    </>
  )
}
