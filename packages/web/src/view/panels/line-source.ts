import { booleanAt, type JsonObject, textAt, textsAt, withKeys } from '../workspace/json.ts'

/** What the lines of a chart are of: metrics one by one, those that a pattern finds, or formulas over them. */
export const lineOrigins = ['metrics', 'pattern', 'formulas'] as const
export type LineOrigin = (typeof lineOrigins)[number]

/** That, with what it says. Only what `origin` names is drawn. */
export interface LineSources {
  readonly origin: LineOrigin
  /** Names, as `metricName` makes them. */
  readonly metrics: readonly string[]
  /** A regular expression; '' where there is none. */
  readonly pattern: string
  /** See `parseExpression`. None is empty. */
  readonly formulas: readonly string[]
}

/** What a chart says in W&B's words: formulas come before a pattern, and that before a list. */
export function readLineSources(config: JsonObject): LineSources {
  const formulas = textsAt(config, 'expressions').filter((text) => text.trim() !== '')
  const pattern = textAt(config, 'metricRegex') ?? ''
  const isPattern = booleanAt(config, 'useMetricRegex') === true && pattern !== ''
  return {
    origin: formulas.length > 0 ? 'formulas' : isPattern ? 'pattern' : 'metrics',
    metrics: textsAt(config, 'metrics'),
    pattern,
    formulas,
  }
}

/** The JSON of a chart with these metrics, in this order. */
export function withMetrics(config: JsonObject, metrics: readonly string[]): JsonObject {
  return withKeys(withoutFormulas(withoutPattern(config)), { metrics })
}

/** The JSON of a chart of what a pattern finds. An empty one finds nothing: the metrics are drawn that it has beside. */
export function withPattern(config: JsonObject, pattern: string): JsonObject {
  if (pattern === '') return withKeys(withoutFormulas(withoutPattern(config)), { metricRegex: undefined })
  return withKeys(withoutFormulas(config), { useMetricRegex: true, metricRegex: pattern })
}

/** The JSON of a chart of formulas. Without one it is of its pattern or its metrics again. */
export function withFormulas(config: JsonObject, formulas: readonly string[]): JsonObject {
  return formulas.length === 0 ? withoutFormulas(config) : withKeys(config, { expressions: formulas })
}

/** As many formulas as a chart begins with. */
const firstFormulaCount = 8

/**
 * The JSON of the same chart in the words of another origin, to be changed from there: what it draws stays. The same JSON where there is
 * nothing to say yet.
 *
 * @param names - Metrics that it draws.
 */
export function withOrigin(config: JsonObject, origin: LineOrigin, names: readonly string[]): JsonObject {
  const { pattern, origin: before } = readLineSources(config)
  if (origin === before) return config
  switch (origin) {
    case 'metrics':
      return withMetrics(config, names)
    case 'pattern':
      if (pattern !== '') return withPattern(config, pattern)
      return names.length === 0 ? config : withPattern(config, `^(${names.map(escapePattern).join('|')})$`)
    case 'formulas':
      return withFormulas(config, names.slice(0, firstFormulaCount).map(termOf))
  }
}

/** A metric as a formula writes it. */
export function termOf(name: string): string {
  return `\${${name}}`
}

/** What a line of a formula is called: as it is written, but a metric alone needs no signs around it. */
export function formulaTitle(formula: string): string {
  return /^\$\{([^{}]+)\}$/.exec(formula.trim())?.[1]?.trim() ?? formula.trim()
}

/** Names between the signs of a formula; whether it can be read is not asked here. */
export function namesInFormula(formula: string): readonly string[] {
  return [...formula.matchAll(/\$\{\s*([^{}]+?)\s*\}/g)].flatMap(([, name]) => name ?? [])
}

/** A regular expression that finds a text and nothing else. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function withoutFormulas(config: JsonObject): JsonObject {
  return readLineSources(config).formulas.length === 0 ? config : withKeys(config, { expressions: undefined })
}

function withoutPattern(config: JsonObject): JsonObject {
  return config.useMetricRegex === true ? withKeys(config, { useMetricRegex: false }) : config
}
