import { type ReactElement, useMemo, useRef, useState } from 'react'
import { useRows } from '../../hooks/use-rows.ts'
import { formatCount } from '../../view/text/format.ts'
import type { DataKey } from '../../view/workspace/data-keys.ts'
import { searchSections } from '../../view/workspace/sections.ts'
import { SearchField } from '../controls/search-field.tsx'

/** Keys to choose from, with a search, and how many are chosen. */
export function KeyList(props: {
  readonly keys: readonly DataKey[]
  /** What one of them is called. */
  readonly what: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}): ReactElement {
  const { keys, what, chosen, onChange } = props
  const [search, setSearch] = useState('')
  const scroller = useRef<HTMLFieldSetElement>(null)
  const found = useMemo(
    () =>
      searchSections([{ panels: keys.map((key) => ({ ...key, title: key.name })), values: [] }], search)[0]?.panels ??
      [],
    [keys, search],
  )
  const isChosen = new Set(chosen)
  const [virtualizer, rowHeight] = useRows(28, {
    count: found.length,
    getScrollElement: () => scroller.current,
    overscan: 8,
  })
  const areAll = found.length > 0 && found.every(({ title }) => isChosen.has(title))
  const toggleAll = (): void => {
    const titles = found.map(({ title }) => title)
    onChange(areAll ? chosen.filter((name) => !titles.includes(name)) : [...new Set([...chosen, ...titles])])
  }
  return (
    <div className="flex h-64 min-w-0 flex-col">
      <SearchField label={`Find ${what}s, text or /regex/`} onChange={setSearch} value={search} />
      <label className="flex h-8 items-center gap-2 px-1 text-muted">
        <input checked={areAll} className="size-4 accent-accent" onChange={toggleAll} type="checkbox" />
        {`${chosen.length} of ${formatCount(keys.length, what)} chosen`}
      </label>
      <fieldset className="min-h-0 flex-1 overflow-y-auto rounded-md border border-line" ref={scroller}>
        <legend className="sr-only">What was logged</legend>
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const { title, is, label } = found[item.index]!
            return (
              <label
                className="absolute inset-x-0 flex items-center gap-2 px-2 hover:bg-hover"
                key={item.key}
                style={{ height: rowHeight, top: item.start }}
              >
                <input
                  checked={isChosen.has(title)}
                  className="size-4 shrink-0 accent-accent"
                  onChange={({ target }) =>
                    onChange(target.checked ? [...chosen, title] : chosen.filter((name) => name !== title))
                  }
                  type="checkbox"
                />
                <span className="truncate" title={title}>
                  {title}
                </span>
                {is !== 'metrics' && <span className="ml-auto shrink-0 text-muted text-sm">{label}</span>}
              </label>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}
