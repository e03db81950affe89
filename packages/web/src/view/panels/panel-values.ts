import type { MetricInfo } from '@lossline/protocol'
import type { MetricsByName } from '../workspace/automatic-panels.ts'
import type { PanelInfo } from '../workspace/sections.ts'
import type { LineValue } from './line-queries.ts'
import { formulaTitle, type LineSources } from './line-source.ts'
import { matchMetrics } from './match-metrics.ts'
import { metricsOfFormula, readFormula } from './read-formula.ts'

/** What a line chart draws of what there is. */
export interface PanelValues {
  readonly values: readonly LineValue[]
  /** Metrics that are drawn, or that formulas are over, as panels name them. */
  readonly names: readonly string[]
  /** The first of them: it says which stream is asked and what the x axis is; undefined where nobody has logged any. */
  readonly first: PanelInfo | undefined
  /** What keeps all or some of it from being drawn, in words. */
  readonly problem: string | undefined
}

/** @param goal - Which values are good; undefined: as each metric was defined. A formula has no goal by itself. */
export function toPanelValues(
  sources: LineSources,
  metrics: MetricsByName,
  goal: Exclude<MetricInfo['goal'], null> | undefined,
): PanelValues {
  switch (sources.origin) {
    case 'metrics': {
      const found = sources.metrics.flatMap((name) => metrics.get(name) ?? [])
      const values = found.map((info) => toMetricValue(info, info.title, goal))
      return { values, names: sources.metrics, first: found[0], problem: undefined }
    }
    case 'pattern': {
      const { metrics: found, problem } = matchMetrics(sources.pattern, metrics)
      const values = found.map(({ info, title }) => toMetricValue(info, title, goal))
      return { values, names: found.map(({ name }) => name), first: found[0]?.info, problem }
    }
    case 'formulas':
      return ofFormulas(sources.formulas, metrics)
  }
}

function ofFormulas(formulas: readonly string[], metrics: MetricsByName): PanelValues {
  const read = formulas.map((formula) => ({ formula, ...readFormula(formula) }))
  const names = read.flatMap(({ expression }) => (expression ? metricsOfFormula(expression) : []))
  const bad = read.find(({ problem }) => problem !== undefined)
  return {
    values: read.flatMap(({ formula, expression }) =>
      expression === undefined
        ? []
        : [{ kind: 'expression', expression: inKeys(formula, metrics), title: formulaTitle(formula) }],
    ),
    names: [...new Set(names)],
    first: names.flatMap((name) => metrics.get(name) ?? [])[0],
    problem: bad?.problem && `The formula ${bad.formula} cannot be read. ${bad.problem.message}`,
  }
}

/** The server knows metrics of the machine by other names than panels do. */
function inKeys(formula: string, metrics: MetricsByName): string {
  return formula.replace(/\$\{\s*(system\/[^}]*?)\s*\}/g, (term, name: string) => {
    const info = metrics.get(name)
    return info === undefined ? term : `\${${info.key}}`
  })
}

function toMetricValue(
  { key, goal: own, unit }: PanelInfo,
  title: string,
  goal: Exclude<MetricInfo['goal'], null> | undefined,
): LineValue {
  return { kind: 'metric', key, title, goal: goal ?? own, unit }
}
