import { queryOptions } from '@tanstack/react-query'
import { spaceBytesMax } from '../view/space/space-model.ts'
import { formatBytes } from '../view/text/bytes.ts'

/** An object in space, read from its file; how files are read is loaded with the first one. */
export function spaceQuery(url: string, name: string) {
  return queryOptions({
    queryKey: ['space', url],
    // Media are named after what they hold: nothing starts over when the page asks for everything anew.
    staleTime: 'static',
    // A large model is not kept for long after nobody looks at it.
    gcTime: 30_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error(`the server answered ${response.status}.`)
      const sizeBytes = Number(response.headers.get('content-length'))
      if (sizeBytes > spaceBytesMax)
        throw new Error(
          `its ${formatBytes(sizeBytes)} are more than the ${formatBytes(spaceBytesMax)} that this page reads.`,
        )
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { parseSpaceFile } = await import('../view/space/parse-space-file.ts')
      return parseSpaceFile(name, bytes)
    },
  })
}
