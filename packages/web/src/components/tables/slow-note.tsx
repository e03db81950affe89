import type { TableSelection } from '@lossline/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import { tableWindowQuery } from '../../api/table-queries.ts'

/** What takes longer than this can be called off. */
const longMs = 1000

/** Says that an answer takes long, and calls it off. */
export function SlowNote(props: {
  readonly isFetching: boolean
  readonly selection: TableSelection
}): ReactElement | null {
  const { isFetching, selection } = props
  const client = useQueryClient()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    setIsLong(false)
    if (!isFetching) return
    const timer = setTimeout(() => setIsLong(true), longMs)
    return () => clearTimeout(timer)
  }, [isFetching])
  if (!isLong || !isFetching) return null
  return (
    <p className="pb-1.5 text-muted text-sm" role="status">
      Still working.{' '}
      <button
        className="link-text"
        onClick={() => void client.cancelQueries({ queryKey: tableWindowQuery(selection, 0).queryKey })}
        type="button"
      >
        Cancel
      </button>
    </p>
  )
}
