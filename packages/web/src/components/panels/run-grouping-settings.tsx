import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { useOfferedKeys } from '../../hooks/workspace/use-offered-keys.ts'
import { type RunGrouping, readRunGrouping, withRunGrouping } from '../../view/panels/group-keys.ts'
import { allColumns } from '../../view/runs/table-columns.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import { GroupBySelect } from '../runs/group-by-select.tsx'
import { ChoiceSetting } from './text-setting.tsx'

const kinds: readonly { readonly id: RunGrouping['kind']; readonly label: string }[] = [
  { id: 'as-list', label: 'As the list of runs' },
  { id: 'alone', label: 'Each run by itself' },
  { id: 'keys', label: 'Together by keys' },
  { id: 'whole', label: 'All runs as one line' },
]

/** Which runs become one line in this chart alone. */
export function RunGroupingSettings(props: {
  readonly config: JsonObject
  readonly onChange: (config: JsonObject) => void
}): ReactElement {
  const { config, onChange } = props
  const keys = useOfferedKeys()
  const columns = useMemo(() => allColumns(keys), [keys])
  const grouping = readRunGrouping(config)
  // Until there is a key, that there are to be some is said nowhere but here.
  const [kind, setKind] = useState(grouping.kind)
  useEffect(() => setKind(grouping.kind), [grouping.kind])
  const choose = (next: RunGrouping['kind']): void => {
    setKind(next)
    if (next !== 'keys') onChange(withRunGrouping(config, { kind: next }))
  }
  return (
    <>
      <ChoiceSetting label="Grouping" onChange={choose} options={kinds} value={kind} />
      {kind === 'keys' && (
        <div className="-mt-1 mb-3">
          <GroupBySelect
            columns={columns}
            groupBy={grouping.kind === 'keys' ? grouping.keys : []}
            onChange={(keys) => onChange(withRunGrouping(config, { kind: 'keys', keys }))}
          />
        </div>
      )}
    </>
  )
}
