import type { RunDetail } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Flag } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { Swatch } from '../chart/swatch.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { runWidth } from './comparison-row.tsx'

/** The head of a run's column, which makes it the one that the others are compared with. */
export function ComparedRunHead(props: {
  readonly run: RunDetail
  readonly isBaseline: boolean
  readonly onBaseline: () => void
}): ReactElement {
  const { run, isBaseline } = props
  const theme = useTheme()
  return (
    <span
      className="@container flex min-w-0 shrink-0 grow items-center gap-1.5 px-2"
      role="columnheader"
      style={{ flexBasis: runWidth }}
    >
      <Swatch style={styleOfRun(run, theme)} width={14} />
      <Link
        className="wrap-anywhere line-clamp-2 min-w-0 font-medium leading-5 hover:underline"
        params={{ entity: run.entity, project: run.project, runId: run.runId }}
        title={`${run.displayName} (${run.runId})`}
        to="/$entity/$project/runs/$runId"
      >
        {run.displayName}
      </Link>
      <IconButton
        className="shrink-0 aria-pressed:text-accent"
        isPressed={isBaseline}
        label={`Compare the others with ${run.displayName}`}
        onClick={props.onBaseline}
        title={isBaseline ? 'The others are compared with it' : 'Compare the others with it'}
      >
        <Flag fill={isBaseline ? 'currentColor' : 'none'} size={13} />
      </IconButton>
      {isBaseline && <span className="hidden shrink-0 text-muted text-sm @min-[280px]:inline">baseline</span>}
    </span>
  )
}
