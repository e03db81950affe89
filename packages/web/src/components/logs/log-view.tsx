import type { RunDetail } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import { addressOf, callApi } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { type FoundLines, useLineSearch } from '../../hooks/logs/use-line-search.ts'
import { useLogLabels } from '../../hooks/logs/use-log-labels.ts'
import { useLogLines } from '../../hooks/logs/use-log-lines.ts'
import { useLogPlace } from '../../hooks/logs/use-log-place.ts'
import { useLogRows } from '../../hooks/logs/use-log-rows.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { textOfLines } from '../../view/logs/copy-lines.ts'
import type { LogRow } from '../../view/logs/log-rows.ts'
import { filterQuery, hitQuery, type LogState, logCodec } from '../../view/logs/log-state.ts'
import { formatCount } from '../../view/text/format.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { LineWindow } from './line-window.tsx'
import { LogBar } from './log-bar.tsx'
import { LogLineRow } from './log-line.tsx'

/** Lines that a search finds before it asks whether to go on. */
const foundMax = 10_000
const typingMs = 250

/** Console output of a run: any number of lines, of which those on screen are loaded; follows the end until scrolled away. */
export function LogView({ address, run }: { readonly address: ProjectAddress; readonly run: RunDetail }): ReactElement {
  const { runId, logLineCount: lineCount } = run
  const [state, store] = useAddress(logCodec)
  const settled = useSettled(state, typingMs)
  const filtered = useLineSearch(address, runId, filterQuery(state), lineCount, foundMax)
  const hits = useLineSearch(address, runId, hitQuery(settled), lineCount, foundMax)
  const rows = useLogRows(state, filtered, hits, lineCount)
  const labels = useLogLabels(address, run, [filtered, hits])
  const { marked, target, goTo } = useLogPlace(address, run, rows)
  const [isFollowing, setIsFollowing] = useState(marked === undefined)
  const [seenCount, setSeenCount] = useState(lineCount)
  if (isFollowing && seenCount !== lineCount) setSeenCount(lineCount)
  const hit = hits && marked !== undefined ? hits.lines.findIndex(({ number }) => number === marked) : -1
  const goToHit = (direction: 1 | -1): void => {
    const found = hits?.lines ?? []
    const from = marked ?? (direction > 0 ? -1 : Number.POSITIVE_INFINITY)
    const next =
      direction > 0
        ? (found.find(({ number }) => number > from) ?? found[0])
        : (found.findLast(({ number }) => number < from) ?? found.at(-1))
    if (next) goTo(next.number)
  }
  const copiedText = (): Promise<string> => {
    const known = [...(filtered?.lines ?? []), ...(hits?.lines ?? [])]
    return textOfLines({ rows, lineCount, isRaw: state.isRaw, known }, async (part) => {
      const path = { ...address, runId }
      return (await callApi('GET /api/runs/{entity}/{project}/{runId}/logs', { path, query: part })).lines
    })
  }
  return (
    <section aria-label="Logs" className="relative flex min-h-0 flex-1 flex-col">
      <LogBar
        copiedText={copiedText}
        count={countWords(rows, filtered, lineCount)}
        downloadUrl={addressOf('GET /api/runs/{entity}/{project}/{runId}/logs/text', {
          path: { ...address, runId },
          query: { timestamps: state.times !== 'off' },
        })}
        hit={hit < 0 ? undefined : hit}
        hits={hits}
        isFollowing={isFollowing}
        labels={labels}
        onChange={store.update}
        onFollow={setIsFollowing}
        onHit={goToHit}
        state={state}
      />
      {lineCount === 0 ? (
        <div className="px-4 py-6 text-muted">
          <p>No output was captured.</p>
          <GuideLink to="runs#system-metrics-console-alerts">Console output</GuideLink>
        </div>
      ) : (
        <LineWindow
          isFollowing={isFollowing}
          isWrapped={state.isWrapped}
          label="Console output"
          onFollow={setIsFollowing}
          rowCount={rows?.length ?? lineCount}
          target={target}
        >
          {(first, end) => (
            <LogRows
              address={address}
              filtered={filtered}
              hits={hits}
              marked={marked}
              onMark={goTo}
              rows={rows?.slice(first, end) ?? range(first, end)}
              run={run}
              state={state}
            />
          )}
        </LineWindow>
      )}
      {!isFollowing && lineCount > seenCount && (
        <button
          className="button absolute right-6 bottom-4 bg-raised shadow-pop"
          onClick={() => setIsFollowing(true)}
          type="button"
        >
          Jump to end: {formatCount(lineCount - seenCount, 'new line')}
        </button>
      )}
    </section>
  )
}

/** The rows on screen, with their lines. */
function LogRows(props: {
  readonly address: ProjectAddress
  readonly run: RunDetail
  readonly state: LogState
  readonly rows: readonly LogRow[]
  readonly filtered: FoundLines | undefined
  readonly hits: FoundLines | undefined
  readonly marked: number | undefined
  readonly onMark: (number: number) => void
}): ReactElement {
  const { address, run, state, rows, marked } = props
  const runAddress = { ...address, runId: run.runId }
  const filtered = props.filtered?.lines
  const hits = props.hits?.lines
  const known = useMemo(
    () => new Map([...(filtered ?? []), ...(hits ?? [])].map((line) => [line.number, line])),
    [filtered, hits],
  )
  const numbers = rows.flatMap((row) => (row.kind === 'line' && !known.has(row.number) ? [row.number] : []))
  const lineAt = useLogLines(address, run.runId, numbers)
  return (
    <>
      {rows.map((row, i) =>
        row.kind === 'gap' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a gap is where it is.
          <div className="h-6 select-none pl-24 text-muted" key={`gap ${i}`}>
            ⋯ {formatCount(row.lineCount, 'line')}
          </div>
        ) : (
          <LogLineRow
            isMarked={row.number === marked}
            key={row.number}
            line={known.get(row.number) ?? lineAt(row.number)}
            number={row.number}
            onMark={props.onMark}
            run={runAddress}
            startedAtMs={run.createdAtMs}
            state={state}
          />
        ),
      )}
    </>
  )
}

function countWords(rows: readonly LogRow[] | undefined, filtered: FoundLines | undefined, lineCount: number): string {
  if (rows === undefined || filtered === undefined) return formatCount(lineCount, 'line')
  const shown = formatCount(filtered.lines.length, 'line')
  if (filtered.phase === 'failed') return filtered.problem?.message ?? 'The lines could not be loaded.'
  if (filtered.phase === 'done') return `${shown} of ${formatCount(lineCount, 'line')}`
  return `${shown} in the first ${formatCount(filtered.searchedCount, 'line')}`
}

function range(first: number, end: number): readonly LogRow[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => ({ kind: 'line', number: first + i }))
}
