import { queryOptions } from '@tanstack/react-query'
import { getText } from './client.ts'

/** The text of a file, by its address. */
export function textQuery(url: string) {
  return queryOptions({ queryKey: ['text', url], queryFn: ({ signal }) => getText(url, signal) })
}
