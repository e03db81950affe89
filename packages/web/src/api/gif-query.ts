import { queryOptions } from '@tanstack/react-query'
import { formatBytes } from '../view/text/bytes.ts'

/** A larger file is not taken apart. */
const gifBytesMax = 64 * 2 ** 20

/** The frames of a GIF; how they are read is loaded with the first one. @throws where it cannot be read. */
export function gifQuery(url: string) {
  return queryOptions({
    queryKey: ['gif', url],
    // Media are named after what they hold: nothing starts over when the page asks for everything anew.
    staleTime: 'static',
    // Many films are not kept for long after nobody looks at them.
    gcTime: 30_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      const sizeBytes = Number(response.headers.get('content-length'))
      if (sizeBytes > gifBytesMax) {
        throw new Error(
          `Its ${formatBytes(sizeBytes)} are more than the ${formatBytes(gifBytesMax)} that this page reads.`,
        )
      }
      const { parseGif } = await import('../view/media/gif/parse-gif.ts')
      const gif = parseGif(new Uint8Array(await response.arrayBuffer()))
      if (gif === undefined) throw new Error('Its frames cannot be read.')
      return gif
    },
  })
}
