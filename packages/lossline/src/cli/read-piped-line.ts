/**
 * Reads the first line of standard input.
 *
 * @returns `undefined` when that is a terminal.
 */
export async function readPipedLine(stdin: NodeJS.ReadStream): Promise<string | undefined> {
  if (stdin.isTTY) return undefined
  let text = ''
  stdin.setEncoding('utf8')
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.split('\n')[0]?.replace(/\r$/, '')
}
