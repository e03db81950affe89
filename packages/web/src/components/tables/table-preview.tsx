import type { TablePlace } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { useAddress } from '../../hooks/use-address.ts'
import { useSame } from '../../hooks/use-same.ts'
import { fileTableCodec, oneTable } from '../../view/tables/table-state.ts'
import { TableExplorer } from './table-explorer.tsx'

/** A table that is a file. */
export function TablePreview({ label, place }: { readonly label: string; readonly place: TablePlace }): ReactElement {
  const [state, store] = useAddress(fileTableCodec)
  const source = useSame(oneTable(place))
  return <TableExplorer label={label} onChange={(patch) => store.update(patch)} source={source} state={state} />
}
