import type { ReactElement } from 'react'
import { capChoices, capText, type RunCap } from '../../view/runs/run-cap.ts'
import { formatNumber } from '../../view/text/format.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

/** `10 of 183 runs` beside the title of a chart that draws fewer than there are, and how to draw more. */
export function DrawnRunsChip({
  cap,
  onShow,
}: {
  readonly cap: RunCap
  readonly onShow: (choice: number | 'all') => void
}): ReactElement {
  const text = `${formatNumber(cap.drawnCount)} of ${formatNumber(cap.total)} runs`
  return (
    <PopoverButton
      className="panel-note truncate rounded bg-hover px-1.5 text-muted text-sm hover:text-text"
      face={text}
      label={capText(cap)}
      panelClassName="w-max p-3"
    >
      {(close) => (
        <p className="flex gap-x-3">
          {capText(cap)}
          {capChoices(cap).map((choice) => (
            <button
              className="link-text"
              key={choice}
              onClick={() => {
                close()
                onShow(choice)
              }}
              type="button"
            >
              Show {choice}
            </button>
          ))}
        </p>
      )}
    </PopoverButton>
  )
}
