import type { ReactElement } from 'react'
import { useTheme } from '../../hooks/use-store.ts'
import { useColoringActions } from '../../hooks/workspace/use-coloring-actions.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import { coloringKeys, coloringLegend } from '../../view/runs/run-coloring.ts'
import { formatCount } from '../../view/text/format.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'
import { Swatch } from '../chart/swatch.tsx'

/** What the colours of the runs of the chosen set stand for, and how they get their own back. */
export function ColoringLegend({ page }: { readonly page: WorkspacePage }): ReactElement {
  const { state, chosenId } = page
  const { reset } = useColoringActions(page)
  const theme = useTheme()
  const { workspace } = state
  const { coloring } = findRunSet(workspace, chosenId)
  const keys = coloringKeys(coloring).map((key) => shortKey(key))
  const isApart = workspace.separated.length > 0
  return (
    <section aria-label="What colours stand for" className="mx-3 mb-1.5 rounded-md bg-hover px-2 py-1 text-sm">
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate text-muted">
          {isApart
            ? `Colours spread over ${formatCount(workspace.separated.length, 'run')}`
            : `Colour: ${keys.join(', ')}`}
        </span>
        <button aria-label="Reset colours" className="link-text shrink-0" onClick={reset} type="button">
          Reset
        </button>
      </p>
      {coloring.kind !== 'own' && (
        <ul className="mt-0.5 flex max-h-24 flex-wrap gap-x-3 overflow-y-auto">
          {coloringLegend(coloring).map(({ label, look }) => (
            <li className="flex min-w-0 items-center gap-1.5" key={label}>
              {coloring.kind === 'scale' ? (
                <span
                  aria-hidden="true"
                  className="size-3 shrink-0 rounded-sm"
                  style={{ background: styleOfRun(look, theme).color }}
                />
              ) : (
                <Swatch style={styleOfRun(look, theme)} />
              )}
              <span className="truncate">{label}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
