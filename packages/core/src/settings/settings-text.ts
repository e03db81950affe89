/**
 * Sets a value in the text of a settings file, in its section `[default]` or before any section. Everything else stays as
 * it is.
 *
 * @param value - `undefined` removes the line.
 */
export function setSettingsValue(content: string, key: string, value: string | undefined): string {
  const lines = content === '' ? [] : content.replace(/\n$/, '').split('\n')
  let section = 'default'
  const places: number[] = []
  let insertAt = 0
  for (const [index, line] of lines.entries()) {
    const header = /^\s*\[(.*)\]\s*$/.exec(line)
    if (header !== null) section = header[1] ?? ''
    if (section !== 'default') continue
    if (line.trim() !== '') insertAt = index + 1
    const [, name] = /^\s*([^=:#;]+?)\s*[=:]/.exec(line) ?? []
    if (name?.toLowerCase() === key) places.push(index)
  }
  if (value !== undefined) {
    const line = `${key} = ${value}`
    const place = places.pop()
    if (place !== undefined) lines[place] = line
    else if (lines.length === 0) lines.push('[default]', line)
    else lines.splice(insertAt, 0, line)
  }
  // The last one of several counts; those before it would come back into force when it is removed.
  for (const index of places.reverse()) lines.splice(index, 1)
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
