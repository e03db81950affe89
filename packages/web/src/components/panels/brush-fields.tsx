import { type ReactElement, useState } from 'react'
import type { Brush } from '../../view/panels/parallel-lines.ts'

/** Chooses a part of an axis without a pointer: from and to, in per cent of its length. */
export function BrushFields(props: {
  readonly axes: readonly string[]
  readonly brushes: ReadonlyMap<number, Brush>
  readonly onBrush: (index: number, brush: Brush | undefined) => void
}): ReactElement {
  const { axes, brushes, onBrush } = props
  const [index, setIndex] = useState(0)
  const [from, to] = brushes.get(index) ?? [0, 1]
  const change = (next: Brush): void => onBrush(index, next[0] <= 0 && next[1] >= 1 ? undefined : next)
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Choose a part of an axis</legend>
      <select
        aria-label="Axis"
        className="control h-7 py-0"
        onChange={({ target }) => setIndex(Number(target.value))}
        value={index}
      >
        {axes.map((title, at) => (
          // Axes have no other order, and two may have one title.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <option key={at} value={at}>
            {title}
          </option>
        ))}
      </select>
      {([0, 1] as const).map((end) => (
        <label className="inline-flex items-center gap-1 text-muted" key={end}>
          {end === 0 ? 'From' : 'to'}
          <input
            aria-label={end === 0 ? 'From, per cent of the axis' : 'To, per cent of the axis'}
            className="control h-7 w-16 py-0"
            max={100}
            min={0}
            onChange={({ target }) => {
              const share = Math.max(0, Math.min(1, Number(target.value) / 100))
              change(end === 0 ? [Math.min(share, to), to] : [from, Math.max(share, from)])
            }}
            step={5}
            type="number"
            value={Math.round((end === 0 ? from : to) * 100)}
          />
          %
        </label>
      ))}
    </fieldset>
  )
}
