import type { RunGroup } from '@lossline/protocol'
import { ChevronRight, Eye, EyeOff } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTheme } from '../../hooks/use-store.ts'
import type { GroupInCharts } from '../../hooks/workspace/use-list-groups.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { runGroupTexts } from '../../view/panels/run-groups.ts'
import { formatNumber } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'

/** The head of a group in the list of runs: opens it, and draws its runs or does not. */
export function RunsListGroup(props: {
  readonly group: RunGroup
  readonly name: string
  /** What runs are put together by. */
  readonly by: readonly string[]
  readonly isOpen: boolean
  readonly isCurrent: boolean
  readonly inCharts: GroupInCharts
  readonly onFocus: () => void
  readonly onToggle: () => void
  readonly onShow: (isShown: boolean) => void
}): ReactElement {
  const { name, isOpen, group } = props
  const { look, drawnCount } = props.inCharts
  const theme = useTheme()
  const texts = runGroupTexts(props.by, group.values)
  const isDrawn = drawnCount > 0
  const isWhole = drawnCount >= group.runCount
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is in it takes the keys; this notes which group is meant.
    <div
      className={`flex h-full items-center gap-1.5 rounded-md pr-2 hover:bg-hover ${props.isCurrent ? 'bg-selected outline outline-line-strong -outline-offset-1' : ''}`}
      onFocus={props.onFocus}
    >
      <button
        aria-label={`Show the runs of ${name} in charts`}
        aria-pressed={isWhole ? true : isDrawn ? 'mixed' : false}
        className={`icon-button ${isDrawn ? 'text-text' : 'opacity-60'}`}
        onClick={() => props.onShow(!isWhole)}
        title={
          isWhole ? 'Hide all its runs, also those that come later' : 'Show all its runs, also those that come later'
        }
        type="button"
      >
        {isDrawn ? <Eye size={15} /> : <EyeOff size={15} />}
      </button>
      {look && <Swatch style={styleOfRun(look, theme)} />}
      <button
        aria-expanded={isOpen}
        className={`flex min-w-0 flex-1 items-center gap-1 rounded py-1 text-left font-medium ${isDrawn ? '' : 'text-muted'}`}
        onClick={props.onToggle}
        title={name}
        type="button"
      >
        <ChevronRight aria-hidden="true" className={`shrink-0 ${isOpen ? 'rotate-90' : ''}`} size={14} />
        {/* The key is the same in all rows: it gives way to the value. */}
        <span className="truncate">{texts.values}</span>
        <span className="min-w-0 shrink-[1000] truncate font-normal text-muted text-xs">{texts.keys}</span>
        <span className="ml-auto shrink-0 font-normal text-muted text-sm">
          {formatNumber(drawnCount)} of {formatNumber(group.runCount)} shown
        </span>
      </button>
    </div>
  )
}
