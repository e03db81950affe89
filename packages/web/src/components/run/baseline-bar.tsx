import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { compareCodec } from '../../view/compare/compare-state.ts'
import type { BaselineState } from '../../view/run/baseline-state.ts'

/** Puts the baseline of the list that a run was opened from beside its values, or leads to a page that compares everything. */
export function BaselineBar(props: {
  readonly address: ProjectAddress
  /** Its key, and what it is called. */
  readonly baseline: { readonly key: string; readonly name: string }
  readonly runId: string
  readonly state: BaselineState
  readonly onChange: (state: BaselineState) => void
}): ReactElement {
  const { address, baseline, runId, state, onChange } = props
  const isOn = state.diff !== undefined
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <button
        aria-pressed={isOn}
        className="button"
        onClick={() => onChange({ diff: isOn ? undefined : 'all' })}
        type="button"
      >
        Compare with baseline {baseline.name}
      </button>
      {isOn && (
        <label className="inline-flex items-center gap-2">
          <input
            checked={state.diff === 'only'}
            className="size-4 accent-accent"
            onChange={({ target }) => onChange({ diff: target.checked ? 'only' : 'all' })}
            type="checkbox"
          />
          Differences only
        </label>
      )}
      <Link
        className="link-text"
        params={address}
        search={compareCodec.stringify({ runIds: [baseline.key, runId], isDifferentOnly: true }) as never}
        to="/$entity/$project/compare"
      >
        Compare everything
      </Link>
    </div>
  )
}
