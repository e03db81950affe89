/** A time as a field for dates has it, in the zone of the browser; empty for what is none, such as `-7d`. */
export function toLocalTime(text: string): string {
  const date = new Date(text)
  if (!/\d{4}/.test(text) || Number.isNaN(date.getTime())) return ''
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such a field says as a time of one meaning everywhere, to the minute: `2026-01-31T09:30Z`. */
export function fromLocalTime(text: string): string | undefined {
  const date = new Date(text)
  return text === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/:\d\d\.\d+Z$/, 'Z')
}
