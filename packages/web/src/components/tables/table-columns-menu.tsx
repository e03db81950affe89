import type { TableColumnInfo } from '@lossline/protocol'
import { Columns3 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { type TableState, toggleGroup, toggleName } from '../../view/tables/table-state.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { SearchField } from '../controls/search-field.tsx'

/** So many are listed at a time; the search finds the others. */
const listedCountMax = 200

/** Which columns are shown, and which rows are grouped by. */
export function TableColumnsMenu(props: {
  readonly columns: readonly TableColumnInfo[]
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
}): ReactElement {
  const { hidden } = props.state
  return (
    <PopoverButton
      className="icon-button"
      face={<Columns3 size={15} />}
      label={hidden.length === 0 ? 'Columns' : `Columns, ${formatNumber(hidden.length)} hidden`}
      panelClassName="w-80 p-3"
    >
      {() => <Chooser {...props} />}
    </PopoverButton>
  )
}

function Chooser({
  columns,
  state,
  onChange,
}: {
  readonly columns: readonly TableColumnInfo[]
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
}): ReactElement {
  const [search, setSearch] = useState('')
  const { hidden, group, pinned, order } = state
  const wanted = search.trim().toLowerCase()
  const found = columns.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <>
      <SearchField className="mb-2" label="Find a column" onChange={setSearch} value={search} />
      <div className="flex items-center justify-between text-muted text-sm">
        <span>Show</span>
        <span>Group by</span>
      </div>
      <ul className="max-h-72 overflow-y-auto">
        {found.slice(0, listedCountMax).map(({ name }) => (
          <li className="flex h-8 items-center gap-2" key={name}>
            <label className="flex min-w-0 flex-1 items-center gap-2">
              <input
                checked={!hidden.includes(name)}
                className="accent-accent"
                onChange={() => onChange({ hidden: toggleName(hidden, name) })}
                type="checkbox"
              />
              <span className="truncate">{name}</span>
            </label>
            <input
              aria-label={`Group by ${name}`}
              checked={group.includes(name)}
              className="accent-accent"
              onChange={() => onChange(toggleGroup(state, name))}
              type="checkbox"
            />
          </li>
        ))}
      </ul>
      {found.length > listedCountMax && (
        <p className="text-muted text-sm">
          {formatCount(found.length - listedCountMax, 'more column')}: type to find them
        </p>
      )}
      <div className="flex flex-wrap gap-2 pt-2">
        <button
          className="button"
          disabled={hidden.length === 0}
          onClick={() => onChange({ hidden: [] })}
          type="button"
        >
          Show all
        </button>
        <button
          className="button"
          disabled={columns.length === 0}
          onClick={() => onChange({ hidden: columns.map(({ name }) => name) })}
          type="button"
        >
          Hide all
        </button>
        <button
          className="button"
          disabled={pinned.length + order.length === 0}
          onClick={() => onChange({ pinned: [], order: [] })}
          type="button"
        >
          Order as logged
        </button>
      </div>
    </>
  )
}
