// Whoever pipes a line has it ready; a pipe that a build server only left open never ends.
const waitMsMax = 10_000
// More than any line that somebody would pipe on purpose.
const lengthMax = 4096

/**
 * Reads the first line of standard input, at most 4,096 characters.
 *
 * @returns `undefined` when that is a terminal, or when nothing came for ten seconds.
 */
export async function readPipedLine(stdin: NodeJS.ReadStream, stop: AbortSignal): Promise<string | undefined> {
  if (stdin.isTTY) return undefined
  let text = ''
  stdin.setEncoding('utf8')
  const giveUp = AbortSignal.any([stop, AbortSignal.timeout(waitMsMax)])
  const end = (): unknown => stdin.destroy()
  giveUp.addEventListener('abort', end, { once: true })
  try {
    for await (const chunk of stdin) {
      text += String(chunk)
      if (text.includes('\n') || text.length > lengthMax) break
    }
  } catch (error) {
    if (!giveUp.aborted) throw error
  } finally {
    giveUp.removeEventListener('abort', end)
  }
  if (text === '' && giveUp.aborted) return undefined
  return text.slice(0, lengthMax).split('\n')[0]?.replace(/\r$/, '')
}
