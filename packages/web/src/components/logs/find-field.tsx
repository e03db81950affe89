import { ChevronDown, ChevronUp, Regex } from 'lucide-react'
import { type ReactElement, useCallback, useRef } from 'react'
import type { FoundLines } from '../../hooks/logs/use-line-search.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { LogState } from '../../view/logs/log-state.ts'
import { formatCount } from '../../view/text/format.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { SearchField } from '../controls/search-field.tsx'

/** What is searched for in the output, how often it was found, and the way from hit to hit. */
export function FindField(props: {
  readonly state: LogState
  readonly onChange: (patch: Partial<LogState>) => void
  readonly hits: FoundLines | undefined
  /** The place among the hits of the one that was gone to. */
  readonly hit: number | undefined
  readonly onHit: (direction: 1 | -1) => void
}): ReactElement {
  const { state, onChange, hits, hit, onHit } = props
  const field = useRef<HTMLInputElement>(null)
  useShortcut(
    'filter-runs',
    useCallback(() => field.current?.focus(), []),
  )
  const isBad = hits?.phase === 'failed'
  return (
    // biome-ignore lint/a11y/useSemanticElements: `search` has no form here, and keys are handled once for both fields.
    <div
      className="flex items-center gap-1"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
        event.preventDefault()
        onHit(event.shiftKey ? -1 : 1)
      }}
      role="search"
    >
      <SearchField
        className="w-56"
        hint="/"
        label="Search the output"
        onChange={(search) => onChange({ search })}
        ref={field}
        value={state.search}
      />
      <IconButton
        isPressed={state.isPattern}
        label="Search for a pattern"
        onClick={() => onChange({ isPattern: !state.isPattern })}
        title="Search for a pattern (a regular expression of RE2)"
      >
        <Regex size={15} />
      </IconButton>
      {hits && (
        <>
          <IconButton label="Previous hit" onClick={() => onHit(-1)} title="Previous hit (Shift Enter)">
            <ChevronUp size={15} />
          </IconButton>
          <IconButton label="Next hit" onClick={() => onHit(1)} title="Next hit (Enter)">
            <ChevronDown size={15} />
          </IconButton>
          <span className={`text-sm ${isBad ? 'text-bad' : 'text-muted'}`} role="status">
            {hitWords(hits, hit)}
          </span>
          {isBad && (
            <button className="text-sm underline" onClick={hits.retry} type="button">
              Retry
            </button>
          )}
          {hits.phase === 'full' && (
            <button className="text-sm underline" onClick={hits.findMore} type="button">
              Find more
            </button>
          )}
        </>
      )}
    </div>
  )
}

function hitWords(hits: FoundLines, hit: number | undefined): string {
  if (hits.phase === 'failed') return hits.problem?.message ?? 'The search failed.'
  const count = formatCount(hits.lines.length, 'hit')
  const place = hit === undefined ? count : `${formatCount(hit + 1, 'of', 'of')} ${count}`
  if (hits.phase === 'searching') return `${place}, searching…`
  return hits.phase === 'full' ? `${place} in the first ${formatCount(hits.searchedCount, 'line')}` : place
}
