/** Packages of a `requirements.txt` by name; what names a place or an option instead of a version is its own value. */
export function parseRequirements(text: string): Readonly<Record<string, string>> {
  const found = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line): readonly [string, string] => {
      const match = /^([A-Za-z0-9@][\w.@/-]*)(?:\[[^\]]*\])?\s*(?:={2,3}\s*(.+)|((?:[<>~!]=?|@\s).+))?$/.exec(line)
      return match ? [match[1]!, match[2] ?? match[3] ?? 'any'] : [line, 'listed']
    })
  return Object.fromEntries(found)
}
