import { type ReactElement, useEffect, useState } from 'react'
import { useFormulaNames } from '../../hooks/workspace/use-formula-names.ts'
import {
  type LineOrigin,
  namesInFormula,
  readLineSources,
  withFormulas,
  withMetrics,
  withOrigin,
  withPattern,
} from '../../view/panels/line-source.ts'
import { matchMetrics } from '../../view/panels/match-metrics.ts'
import { FormulaField } from './formula-field.tsx'
import { LineOriginChoice } from './line-origin-choice.tsx'
import { MetricListField } from './metric-list-field.tsx'
import { OrderedRows } from './ordered-rows.tsx'
import type { PanelSettingsProps } from './panel-props.ts'
import { PatternField } from './pattern-field.tsx'

/** What the lines of a chart are of. Going from one way to say it to another keeps what is drawn. */
export function LineSourceSettings({ config, metrics, onChange }: PanelSettingsProps): ReactElement {
  const sources = readLineSources(config)
  // A way without anything to say yet is nowhere but here.
  const [origin, setOrigin] = useState(sources.origin)
  useEffect(() => setOrigin(sources.origin), [sources.origin])
  const choose = (next: LineOrigin): void => {
    setOrigin(next)
    const changed = withOrigin(config, next, drawnNames({ config, metrics }))
    if (changed !== config) onChange(changed)
  }
  return (
    <LineOriginChoice className="mb-3" onChange={choose} value={origin}>
      {origin === 'metrics' && (
        <MetricListField
          metrics={metrics}
          names={sources.metrics}
          onChange={(names) => onChange(withMetrics(config, names))}
        />
      )}
      {origin === 'pattern' && (
        <PatternField
          metrics={metrics}
          onChange={(pattern) => onChange(withPattern(config, pattern))}
          value={sources.pattern}
        />
      )}
      {origin === 'formulas' && (
        <Formulas
          formulas={sources.formulas}
          metrics={metrics}
          onChange={(formulas) => onChange(withFormulas(config, formulas))}
        />
      )}
    </LineOriginChoice>
  )
}

function Formulas(props: {
  readonly formulas: readonly string[]
  readonly metrics: PanelSettingsProps['metrics']
  readonly onChange: (formulas: readonly string[]) => void
}): ReactElement {
  const { formulas, onChange } = props
  const names = useFormulaNames(props.metrics)
  // One that is there twice would only cover itself.
  const change = (next: readonly string[]): void => onChange([...new Set(next.filter((formula) => formula !== ''))])
  return (
    <>
      <OrderedRows items={formulas} label="Formulas that are drawn" onChange={change}>
        {(formula, index) => (
          <FormulaField
            label={`Formula ${index + 1}`}
            names={names}
            onChange={(next) => change(formulas.with(index, next))}
            value={formula}
          />
        )}
      </OrderedRows>
      <FormulaField
        // An empty one again when there is one more.
        key={formulas.length}
        label="Add a formula"
        names={names}
        onChange={(formula) => change([...formulas, formula])}
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how metrics stand in formulas.
        placeholder={formulas.length === 0 ? '1 - ${acc}' : 'Add a formula'}
        value=""
      />
    </>
  )
}

/** Metrics that a chart draws now, which it goes on with when they are said in another way. */
function drawnNames({ config, metrics }: Pick<PanelSettingsProps, 'config' | 'metrics'>): readonly string[] {
  const { origin, metrics: names, pattern, formulas } = readLineSources(config)
  switch (origin) {
    case 'metrics':
      return names
    case 'pattern':
      return matchMetrics(pattern, metrics).metrics.map(({ name }) => name)
    case 'formulas':
      return names.length > 0 ? names : [...new Set(formulas.flatMap(namesInFormula))]
  }
}
