/** One field of a CSV file. */
export function csvField(value: string | number): string {
  const text = String(value)
  // A leading = + - @ makes spreadsheets run names as formulas; numbers are ours and safe.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
