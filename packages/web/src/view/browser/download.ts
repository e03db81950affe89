/** Saves a text as a file of the browser's. */
export function download(name: string, content: string | Blob, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }))
  link.download = name.replaceAll('/', '_')
  link.click()
  URL.revokeObjectURL(link.href)
}
