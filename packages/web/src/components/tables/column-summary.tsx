import type { TableColumnSummary, TableSummary } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { HeaderHistogram } from './header-histogram.tsx'

const barHeight = 22

/** What is below the name of a column: how its numbers are spread, or its most frequent values. */
export function ColumnSummary({ summary }: { readonly summary: TableColumnSummary | undefined }): ReactElement {
  if (summary === undefined) return <div className="skeleton h-8" />
  const { numbers, histogram, values, changes } = summary
  if (changes !== undefined) {
    return (
      <Figure text={changes.count === 0 ? 'as in the first' : `${formatNumber(changes.count)} changed`}>
        {changes.histogram && <HeaderHistogram height={barHeight} histogram={changes.histogram} isDifference />}
      </Figure>
    )
  }
  if (histogram !== undefined && numbers !== undefined) {
    return (
      <Figure
        text={`${formatNumber(numbers.min ?? 0)} … ${formatNumber(numbers.max ?? 0)}`}
        title={summaryText(summary)}
      >
        <HeaderHistogram height={barHeight} histogram={histogram} />
      </Figure>
    )
  }
  if (values !== undefined) return <TopValues summary={summary} />
  return <Figure text={numbers === undefined ? 'empty' : 'no finite number'}>{null}</Figure>
}

function Figure(props: {
  readonly text: string
  readonly title?: string
  readonly children: ReactElement | false | null | undefined
}): ReactElement {
  return (
    <div className="flex h-full flex-col justify-end" title={props.title}>
      {props.children}
      <div className="truncate text-muted text-xs">{props.text}</div>
    </div>
  )
}

/** Shares of the most frequent values as one bar of parts, with the first one in words. */
function TopValues({ summary }: { readonly summary: TableSummary }): ReactElement {
  const { values, missingCount } = summary
  const top = values?.top ?? []
  const count = top.reduce((sum, one) => sum + one.count, 0) + missingCount
  const first = top[0]
  const isEachItsOwn = first?.count === 1
  return (
    <div className="flex h-full flex-col justify-end gap-0.5" title={summaryText(summary)}>
      {!isEachItsOwn && (
        <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-sm">
          {top.map(({ count: own }, index) => (
            <span
              className="bg-current text-muted"
              // biome-ignore lint/suspicious/noArrayIndexKey: long texts may begin alike.
              key={index}
              style={{ flexGrow: own / Math.max(1, count), opacity: 1 - index * 0.1 }}
            />
          ))}
        </div>
      )}
      <div className="truncate text-muted text-xs">
        {isEachItsOwn
          ? formatCount(values?.distinctCount ?? 0, 'different value')
          : `${first?.text === '' ? 'empty text' : first?.text} ${formatNumber(first?.count ?? 0)}`}
      </div>
    </div>
  )
}

/** What cells are like, in words. */
export function summaryText({ missingCount, numbers, values }: TableSummary): string {
  const parts: string[] = []
  if (numbers !== undefined && numbers.mean !== null) {
    const range = `${formatNumber(numbers.min ?? 0)} to ${formatNumber(numbers.max ?? 0)}`
    parts.push(
      `${formatCount(numbers.count, 'number')} from ${range}, mean ${formatNumber(numbers.mean)} ± ${formatNumber(numbers.sd ?? 0)}`,
    )
  }
  if (values !== undefined) {
    const top = values.top.map(({ text, count }) => `${text === '' ? 'empty text' : text} ${formatNumber(count)}`)
    parts.push(`${formatCount(values.distinctCount, 'different value')}: ${top.join(', ')}`)
  }
  if ((numbers?.nanCount ?? 0) > 0) parts.push(`${formatNumber(numbers?.nanCount ?? 0)} NaN`)
  if ((numbers?.infiniteCount ?? 0) > 0) parts.push(`${formatNumber(numbers?.infiniteCount ?? 0)} infinite`)
  if (missingCount > 0) parts.push(`${formatNumber(missingCount)} missing`)
  return parts.join(' · ')
}
