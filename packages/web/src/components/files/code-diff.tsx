import { type ReactElement, useMemo, useState } from 'react'
import { type DiffLine, type DiffPart, diffLines, foldDiff, pairLines } from '../../view/diff/line-diff.ts'
import { formatCount } from '../../view/text/format.ts'

/** How a diff is laid out. */
export type DiffLayout = 'unified' | 'split'

const signs = { same: ' ', removed: '−', added: '+' } as const
const tones = { same: '', removed: 'bg-bad-surface', added: 'bg-(--added)' } as const
const spoken = { same: '', removed: 'Removed: ', added: 'Added: ' } as const

/** How one text became another one; long equal parts are folded until somebody opens them. */
export function CodeDiff(props: {
  /** What is compared: `Changes of train.py`. */
  readonly label: string
  readonly before: string
  readonly after: string
  readonly layout: DiffLayout
  /** What is said where nothing differs. Default: that both are equal. */
  readonly whenEqual?: string
}): ReactElement {
  const { label, before, after, layout } = props
  const diff = useMemo(() => diffLines(before, after), [before, after])
  const parts = useMemo(() => foldDiff(diff.lines), [diff])
  if (diff.addedCount + diff.removedCount === 0)
    return <p className="text-muted">{props.whenEqual ?? 'Both are equal.'}</p>
  return (
    <div>
      <p className="mb-2 text-muted text-sm">
        {formatCount(diff.addedCount, 'line')} added, {formatCount(diff.removedCount, 'line')} removed
        {!diff.isShortest && '. The texts differ in so much that their middle is shown as replaced'}
      </p>
      <div className="overflow-x-auto rounded border border-line bg-panel">
        <table aria-label={label} className="w-full border-collapse font-mono text-sm">
          <thead className="sr-only">
            <tr>
              <th>Line before</th>
              {layout === 'split' && <th>Before</th>}
              <th>Line after</th>
              <th>{layout === 'split' ? 'After' : 'Text'}</th>
            </tr>
          </thead>
          {parts.map((part, index) => (
            // Parts have no names, and their order does not change.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Part key={index} layout={layout} part={part} />
          ))}
        </table>
      </div>
    </div>
  )
}

function Part({ part, layout }: { readonly part: DiffPart; readonly layout: DiffLayout }): ReactElement {
  const [isOpen, setIsOpen] = useState(false)
  if (part.isFolded && !isOpen) {
    return (
      <tbody>
        <tr>
          <td className="bg-hover px-2" colSpan={layout === 'split' ? 4 : 3}>
            <button className="link-text min-h-6 font-sans" onClick={() => setIsOpen(true)} type="button">
              Show {formatCount(part.lines.length, 'equal line')}
            </button>
          </td>
        </tr>
      </tbody>
    )
  }
  return (
    <tbody>
      {layout === 'split'
        ? pairLines(part.lines).map(({ left, right }) => (
            <tr className="align-top" key={`${left?.before} ${right?.after}`}>
              <LineNumber value={left?.before} />
              <LineText isHalf line={left} />
              <LineNumber value={right?.after} />
              <LineText isHalf line={right} />
            </tr>
          ))
        : part.lines.map((line) => (
            <tr className="align-top" key={`${line.before} ${line.after}`}>
              <LineNumber value={line.before} />
              <LineNumber value={line.after} />
              <LineText line={line} />
            </tr>
          ))}
    </tbody>
  )
}

function LineNumber({ value }: { readonly value: number | undefined }): ReactElement {
  return <td className="w-12 select-none border-line border-r px-2 text-right text-muted">{value}</td>
}

function LineText(props: { readonly line: DiffLine | undefined; readonly isHalf?: boolean }): ReactElement {
  const { line, isHalf = false } = props
  const width = isHalf ? 'w-1/2 border-line border-r last:border-r-0' : ''
  if (line === undefined) return <td className={`bg-hover ${width}`} />
  return (
    <td className={`whitespace-pre-wrap break-words pr-2 [overflow-wrap:anywhere] ${tones[line.kind]} ${width}`}>
      <span aria-hidden="true" className="select-none px-1.5 text-muted">
        {signs[line.kind]}
      </span>
      {line.kind !== 'same' && <span className="sr-only">{spoken[line.kind]}</span>}
      {line.text}
    </td>
  )
}
