import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { isGroupable, type TableColumn } from '../../view/runs/table-columns.ts'

/** Keys that runs are put together by: those that count, and a list to add one. */
export function GroupBySelect(props: {
  readonly columns: readonly TableColumn[]
  readonly groupBy: readonly string[]
  readonly onChange: (groupBy: readonly string[]) => void
}): ReactElement {
  const { groupBy, onChange } = props
  const groupable = props.columns.filter(isGroupable)
  const titleOf = (key: string): string => groupable.find((column) => column.key === key)?.title ?? key
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      <label className="flex min-w-0 items-center gap-1.5 whitespace-nowrap text-muted">
        Group by
        <select
          className="control min-w-0 w-40 max-w-[220px] text-text"
          onChange={(event) => onChange([...groupBy, event.target.value])}
          value=""
        >
          <option value="">{groupBy.length === 0 ? 'Nothing' : 'Another key'}</option>
          {groupable
            .filter(({ key }) => !groupBy.includes(key))
            .map(({ key, title, namespace }) => (
              <option key={key} value={key}>
                {namespace === undefined ? title : `${namespace} ${title}`}
              </option>
            ))}
        </select>
      </label>
      {groupBy.map((key) => (
        <span className="flex items-center rounded bg-selected pl-2" key={key}>
          {titleOf(key)}
          <button
            aria-label={`Do not group by ${titleOf(key)}`}
            className="icon-button size-6"
            onClick={() => onChange(groupBy.filter((other) => other !== key))}
            title={`Do not group by ${titleOf(key)}`}
            type="button"
          >
            <X size={13} />
          </button>
        </span>
      ))}
    </div>
  )
}
