/** Copies text; also on plain http beyond localhost, where the asynchronous clipboard does not exist. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard as Clipboard | undefined) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('aria-hidden', 'true')
  Object.assign(field.style, { position: 'fixed', opacity: '0' })
  document.body.append(field)
  field.select()
  // Deprecated, and the only way there.
  document.execCommand('copy')
  field.remove()
}
