import { type Context, createContext, useCallback, useContext, useState } from 'react'

/** Whether a panel is shown as a table. */
export interface TableView {
  readonly isTable: boolean
  readonly toggle: () => void
}

/** Around a panel of a page whose address says which panels are tables. */
export const TableViewContext: Context<TableView | undefined> = createContext<TableView | undefined>(undefined)

/** Whether the panel around is shown as a table, and how to change that: in the address, or where that has no panels for as long as it is there. */
export function useTableView(): TableView {
  const [isTable, setIsTable] = useState(false)
  const toggle = useCallback(() => setIsTable((old) => !old), [])
  return useContext(TableViewContext) ?? { isTable, toggle }
}
