import type { ReactElement } from 'react'
import { useFormulaNames } from '../../hooks/workspace/use-formula-names.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { FormulaField } from './formula-field.tsx'

/** A formula as x axis. An empty one changes nothing: another axis is chosen above it. */
export function XFormulaField(props: {
  readonly value: string
  readonly metrics: MetricsByName
  readonly onChange: (formula: string) => void
}): ReactElement {
  const names = useFormulaNames(props.metrics)
  return (
    <div className="mt-1.5 flex flex-col gap-1">
      <FormulaField
        label="Formula of the x axis"
        names={names}
        onChange={(formula) => formula !== '' && props.onChange(formula)}
        placeholder="${tokens} / 1e6"
        value={props.value}
      />
      <span className="text-muted text-sm">x is the step.</span>
    </div>
  )
}
