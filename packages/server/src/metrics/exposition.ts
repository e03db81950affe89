/** Labels of one series, such as `{ route: 'graphql' }`. Keep the number of their combinations small. */
export type MetricLabels = Readonly<Record<string, string>>

/** What is known of a metric at the time of asking. */
export interface MetricFamily {
  /** With the unit at its end, as Prometheus has it. */
  readonly name: string
  readonly help: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly MetricSample[]
}

/** One number of a family; `suffix` such as `_bucket` of histograms. */
export interface MetricSample {
  readonly suffix?: string
  readonly labels?: MetricLabels
  readonly value: number
}

/** Text format of Prometheus, version 0.0.4. */
export function toExposition(families: readonly MetricFamily[]): string {
  return families
    .map(({ name, help, kind, samples }) => {
      const lines = samples.map(
        ({ suffix = '', labels = {}, value }) => `${name}${suffix}${toLabelText(labels)} ${toValueText(value)}\n`,
      )
      return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`
    })
    .join('')
}

function toLabelText(labels: MetricLabels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  )
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function toValueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'
}

/** A number for each combination of labels that only grows. */
export interface Counter {
  add(labels: MetricLabels, amount: number): void
  samples(): readonly MetricSample[]
}

export function createCounter(): Counter {
  const series = new Map<string, { labels: MetricLabels; value: number }>()
  return {
    add(labels, amount) {
      const key = JSON.stringify(labels)
      const one = series.get(key) ?? { labels, value: 0 }
      one.value += amount
      series.set(key, one)
    },
    samples: () => [...series.values()],
  }
}

/** Counts of observations up to each bound, and their sum, for each combination of labels. */
export interface Histogram {
  observe(labels: MetricLabels, value: number): void
  samples(): readonly MetricSample[]
}

/** @param bounds - Upper ones, ascending; a last one without end is added. */
export function createHistogram(bounds: readonly number[]): Histogram {
  const series = new Map<string, { labels: MetricLabels; counts: number[]; sum: number; count: number }>()
  return {
    observe(labels, value) {
      const key = JSON.stringify(labels)
      const one = series.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 }
      for (const [index, bound] of bounds.entries()) if (value <= bound) one.counts[index]! += 1
      one.sum += value
      one.count += 1
      series.set(key, one)
    },
    samples: () =>
      [...series.values()].flatMap(({ labels, counts, sum, count }) => [
        ...counts.map((value, index) => ({
          suffix: '_bucket',
          labels: { ...labels, le: String(bounds[index]) },
          value,
        })),
        { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
        { suffix: '_sum', labels, value: sum },
        { suffix: '_count', labels, value: count },
      ]),
  }
}
