import { StringDecoder } from 'node:string_decoder'

/**
 * Asks the person at the terminal for a secret; nothing of it is shown.
 *
 * @returns what was typed up to Enter. `undefined` without a terminal, and when the person gives up with Ctrl-C or Ctrl-D.
 */
export async function promptSecret(question: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) return undefined
  signal?.throwIfAborted()
  const wasRaw = stdin.isRaw
  // Before the question: what a quick person or a program types at once would be shown otherwise.
  stdin.setRawMode(true)
  stderr.write(question)
  stdin.resume()
  const decoder = new StringDecoder('utf8')
  let typed = ''
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      const onAbort = (): void => end(() => reject(signal?.reason))
      const onData = (bytes: Buffer): void => {
        for (const character of decoder.write(bytes)) {
          if (character === '\r' || character === '\n') {
            end(() => resolve(typed))
            return
          }
          // Ctrl-C and Ctrl-D.
          if (character === '\u0003' || character === '\u0004') {
            end(() => resolve(undefined))
            return
          }
          if (character === '\u007f' || character === '\b') typed = typed.slice(0, -1)
          else if (character >= ' ') typed += character
        }
      }
      const end = (settle: () => void): void => {
        stdin.off('data', onData)
        signal?.removeEventListener('abort', onAbort)
        settle()
      }
      stdin.on('data', onData)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  } finally {
    stdin.setRawMode(wasRaw)
    stdin.pause()
    stderr.write('\n')
  }
}
