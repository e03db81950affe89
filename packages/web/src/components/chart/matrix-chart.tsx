import { type ReactElement, useState } from 'react'
import { formatNumber } from '../../view/text/format.ts'
import { type ConfusionMatrix, type MatrixShare, matrixAccuracy, matrixShares } from '../../view/vega/custom-chart.ts'

const choices: readonly (readonly [share: MatrixShare, label: string])[] = [
  ['counts', 'Counts'],
  ['rows', '% of actual'],
  ['columns', '% of predicted'],
]
/** From here on the accent covers so much of the cell that its text must be light. */
const strongFrom = 0.55
/** Of more classes than these, cells are made narrow enough that all are in sight, and names of columns stand upright. */
const wideClassCountMax = 8
/** Of more than these, cells show colours alone; each says its number to the pointer and to screen readers. */
const numberedClassCountMax = 16

/** How often each class was taken for which. What is right lies on the diagonal, and has the other colour. */
export function MatrixChart({
  matrix,
  label,
}: {
  readonly matrix: ConfusionMatrix
  readonly label: string
}): ReactElement {
  const [share, setShare] = useState<MatrixShare>('counts')
  const shares = matrixShares(matrix, share)
  const classCount = Math.max(matrix.predicted.length, matrix.actual.length)
  const isNarrow = classCount > wideClassCountMax
  const hasNumbers = classCount <= numberedClassCountMax
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-3 pb-1">
        <span className="text-muted">Accuracy {(matrixAccuracy(matrix) * 100).toFixed(1)} %</span>
        <select
          aria-label="What cells show"
          className="control ml-auto"
          onChange={(event) => setShare(event.target.value as MatrixShare)}
          value={share}
        >
          {choices.map(([id, text]) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
        <table
          aria-label={`${label}: rows are actual, columns predicted`}
          className={`h-full w-full text-center ${isNarrow ? 'table-fixed text-[10px] leading-none' : 'text-sm'}`}
        >
          <thead>
            <tr>
              <th
                className={`sticky left-0 whitespace-nowrap bg-panel px-2 text-right font-normal text-muted text-xs ${isNarrow ? 'w-24' : ''}`}
              >
                predicted →<br />
                actual ↓
              </th>
              {matrix.predicted.map((name) => (
                <th className="max-w-24 truncate px-1 py-0.5 font-medium" key={name} scope="col" title={name}>
                  {isNarrow ? <UprightName name={name} /> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.actual.map((actual, row) => (
              <tr key={actual}>
                <th
                  className="sticky left-0 max-w-32 truncate bg-panel px-2 text-right font-medium"
                  scope="row"
                  title={actual}
                >
                  {actual}
                </th>
                {matrix.predicted.map((predicted, column) => {
                  const count = matrix.counts[row]?.[column] ?? 0
                  const part = shares[row]?.[column] ?? 0
                  return (
                    <td
                      className={`border border-panel ${isNarrow ? 'overflow-hidden' : 'min-w-8'} ${part >= strongFrom ? 'text-on-accent' : ''}`}
                      key={predicted}
                      style={{ background: cellColor(part, actual === predicted) }}
                      title={`${formatNumber(count)} × ${actual} taken for ${predicted}`}
                    >
                      <span className={hasNumbers ? undefined : 'sr-only'}>
                        {share === 'counts' ? formatNumber(count) : percent(part)}
                      </span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function UprightName({ name }: { readonly name: string }): ReactElement {
  return <span className="mx-auto block max-h-20 rotate-180 truncate [writing-mode:vertical-rl]">{name}</span>
}

function cellColor(part: number, isRight: boolean): string {
  // Between a tint that can be told from nothing, and the full colour.
  const strength = part === 0 ? 0 : part >= strongFrom ? 85 + part * 15 : 8 + part * 50
  return `color-mix(in srgb, var(--${isRight ? 'accent' : 'bad'}) ${Math.round(strength)}%, var(--panel))`
}

function percent(part: number): string {
  return part === 0 ? '0' : part < 0.001 ? '<0.1' : (part * 100).toFixed(part === 1 ? 0 : 1)
}
