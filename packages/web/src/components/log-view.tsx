import type { LogLine } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownToLine } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { logsPageSize, logsQuery, type ProjectAddress } from '../api/queries.ts'
import { formatCount } from '../view/format.ts'
import { LogLineText } from './log-line-text.tsx'

const lineHeight = 20
/** As near to the end as this counts as being there. */
const tailDistance = 30

/** Console lines of a run: any number, only those on screen are loaded; follows the end until scrolled away. */
export function LogView(props: {
  readonly address: ProjectAddress
  readonly runId: string
  readonly lineCount: number
}): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const [isFollowing, setIsFollowing] = useState(true)
  const [isStderrOnly, setIsStderrOnly] = useState(false)
  const [pages, setPages] = useState<readonly number[]>(() => [
    Math.floor(Math.max(0, props.lineCount - 1) / logsPageSize),
  ])
  const queries = useQueries({
    queries: pages.map((page) => ({
      ...logsQuery(props.address, props.runId, page),
      placeholderData: keepPreviousData<never>,
    })),
  })
  const lines = new Map<number, LogLine>()
  for (const query of queries) for (const line of query.data?.lines ?? []) lines.set(line.number, line)
  const lineCount = Math.max(props.lineCount, ...queries.map((query) => query.data?.lineCount ?? 0))
  const stderrLines = isStderrOnly ? [...lines.values()].filter((line) => line.level === 'error') : undefined
  const rowCount = stderrLines?.length ?? lineCount

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  })
  const items = virtualizer.getVirtualItems()
  const firstIndex = items[0]?.index ?? 0
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (isStderrOnly) return
    const first = Math.floor(firstIndex / logsPageSize)
    const last = Math.floor(lastIndex / logsPageSize)
    const seen = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    setPages((old) => (seen.every((page) => old.includes(page)) ? old : seen))
  }, [firstIndex, lastIndex, isStderrOnly])
  useEffect(() => {
    if (isFollowing && rowCount > 0) virtualizer.scrollToIndex(rowCount - 1, { align: 'end' })
  }, [isFollowing, rowCount, virtualizer])

  const onScroll = (): void => {
    const element = scroller.current
    if (element) setIsFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < tailDistance)
  }
  const showStderr = (): void => {
    // Levels are known of loaded lines only, so all are loaded for this.
    if (!isStderrOnly) setPages(Array.from({ length: Math.ceil(lineCount / logsPageSize) }, (_, page) => page))
    setIsStderrOnly(!isStderrOnly)
  }
  return (
    <section aria-label="Logs" className="relative flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-3 px-4 py-2 text-muted">
        <span>{formatCount(rowCount, isStderrOnly ? 'line of stderr' : 'line')}</span>
        <button aria-pressed={isStderrOnly} className="button ml-auto text-text" onClick={showStderr} type="button">
          stderr only
        </button>
        <button
          aria-pressed={isFollowing}
          className="button text-text"
          onClick={() => setIsFollowing(!isFollowing)}
          type="button"
        >
          <ArrowDownToLine size={14} />
          Follow
        </button>
      </div>
      {lineCount === 0 ? (
        <p className="px-4 py-6 text-muted">No output was captured.</p>
      ) : (
        <div
          aria-label="Console output"
          className="min-h-0 flex-1 overflow-auto border-line border-t bg-panel font-mono text-sm"
          onScroll={onScroll}
          ref={scroller}
          role="log"
          // Reading every new line aloud would make the page unusable.
          aria-live="off"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
          tabIndex={0}
        >
          <div className="relative min-w-max" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const line = stderrLines ? stderrLines[item.index] : lines.get(item.index)
              return (
                <div
                  className="absolute top-0 left-0 flex h-5 min-w-full whitespace-pre leading-5"
                  key={item.key}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {/* Programs write progress and warnings to stderr too: a mark, no alarm. */}
                  <span
                    aria-hidden="true"
                    className={`w-16 shrink-0 select-none border-l-2 pr-4 text-right text-muted ${line?.level === 'error' ? 'border-waiting' : 'border-transparent'}`}
                    title={line?.level === 'error' ? 'Written to stderr' : undefined}
                  >
                    {(line?.number ?? item.index) + 1}
                  </span>
                  {line && <LogLineText line={line} />}
                </div>
              )
            })}
          </div>
        </div>
      )}
    </section>
  )
}
