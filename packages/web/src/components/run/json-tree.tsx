import type { StrictJsonObject } from '@lossline/protocol'
import { Braces, Route } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { type ComparedTreeRow, compareTrees } from '../../view/run/compare-trees.ts'
import { formatLeaf, formatLeafInShort, type TreeRow, toTreeRows } from '../../view/run/json-tree.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { SearchField } from '../controls/search-field.tsx'
import { TreeChange } from './tree-change.tsx'

/** Fewer entries are seen at a glance. */
const searchFrom = 8
const rowsAtFirst = 300

/** A config or summary: nested, searchable, each value copyable. */
export function JsonTree(props: {
  readonly title: string
  readonly value: StrictJsonObject
  /** What is copied. Default: what is shown. */
  readonly whole?: StrictJsonObject
  readonly emptyText: string
  /** What it is compared with. */
  readonly baseline?: StrictJsonObject | undefined
  /** Of a comparison only what differs. */
  readonly isDifferentOnly?: boolean
}): ReactElement {
  const { title, value, emptyText, baseline, isDifferentOnly = false } = props
  const [search, setSearch] = useState('')
  const [rowCount, setRowCount] = useState(rowsAtFirst)
  const [isRaw, setIsRaw] = useState(false)
  const whole = JSON.stringify(props.whole ?? value, null, 2)
  const all = useMemo(
    () => (baseline ? compareTrees(value, baseline, { isDifferentOnly: false }) : toTreeRows(value)),
    [value, baseline],
  )
  const rows = useMemo((): readonly (TreeRow | ComparedTreeRow)[] => {
    if (baseline) return compareTrees(value, baseline, { search, isDifferentOnly })
    return search === '' ? all : toTreeRows(value, search)
  }, [all, value, baseline, search, isDifferentOnly])
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-panel">
      <div className="flex items-center gap-2 px-3 pt-2.5 pb-1">
        <h3 className="font-semibold">{title}</h3>
        {all.length >= searchFrom && (
          <SearchField
            className="ml-auto w-44"
            label={`Search ${title.toLowerCase()}`}
            onChange={setSearch}
            value={search}
          />
        )}
        {all.length > 0 && (
          <span className={`flex items-center ${all.length >= searchFrom ? '' : 'ml-auto'}`}>
            <button
              aria-label={`${title} as raw JSON`}
              aria-pressed={isRaw}
              className="icon-button"
              onClick={() => setIsRaw(!isRaw)}
              title="Raw JSON"
              type="button"
            >
              <Braces size={14} />
            </button>
            <CopyButton label={`Copy ${title.toLowerCase()} as JSON`} text={whole} />
          </span>
        )}
      </div>
      {all.length === 0 && <p className="px-3 pb-3 text-muted">{emptyText}</p>}
      {all.length > 0 && rows.length === 0 && (
        <p className="px-3 pb-3 text-muted">{search === '' ? 'Both have the same.' : `Nothing matches “${search}”.`}</p>
      )}
      {isRaw ? (
        <section
          aria-label={`${title}, raw JSON`}
          className="max-h-[480px] overflow-auto px-3 pb-3 font-mono text-sm"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          <pre>{whole}</pre>
        </section>
      ) : (
        <dl className="px-3 pb-2">
          {rows.slice(0, rowCount).map((row) => (
            <Row key={JSON.stringify(row.path)} row={row} />
          ))}
        </dl>
      )}
      {!isRaw && rows.length > rowCount && (
        <button className="link-text px-3 pb-3" onClick={() => setRowCount(rowCount * 5)} type="button">
          Showing {rowCount} of {rows.length} entries. Show more
        </button>
      )}
    </section>
  )
}

function Row({ row }: { readonly row: TreeRow | ComparedTreeRow }): ReactElement {
  const isCompared = 'kind' in row
  // Of what was removed there is the baseline's to copy.
  const value = row.value ?? (isCompared ? row.baseline : undefined)
  const text = value === undefined ? '' : formatLeaf(value)
  return (
    <div className="group flex min-h-7 items-center gap-3 border-line border-t first:border-t-0 hover:bg-hover">
      <dt
        className={`w-2/5 shrink-0 truncate ${row.value === undefined && !(isCompared && row.kind) ? 'font-medium' : 'text-muted'}`}
        style={{ paddingLeft: row.depth * 14 }}
        title={row.path.join('.')}
      >
        {row.label}
      </dt>
      {isCompared ? (
        <dd className="min-w-0 flex-1 font-mono text-sm">
          <TreeChange row={row} />
        </dd>
      ) : (
        <dd className="min-w-0 flex-1 truncate font-mono text-sm" title={text}>
          {row.value === undefined ? '' : formatLeafInShort(row.value)}
        </dd>
      )}
      {value !== undefined && (
        <dd className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          <CopyButton Icon={Route} label={`Copy the path ${row.path.join('.')}`} text={row.path.join('.')} />
          <CopyButton label={`Copy the value of ${row.path.join('.')}`} text={text} />
        </dd>
      )}
    </div>
  )
}
