/**
 * A path of labels as one text: labels joined with `.`, a dot inside a label written `\.` and a backslash `\\`.
 * Different paths of one or more labels give different texts.
 */
export function encodeKeyPath(labels: readonly string[]): string {
  if (labels.length === 1) return escapeLabel(labels[0] as string)
  return labels.map(escapeLabel).join('.')
}

/** The labels of a text that {@link encodeKeyPath} made. A backslash before any other character stands for itself. */
export function decodeKeyPath(text: string): string[] {
  if (!text.includes('\\')) return text.split('.')
  const labels: string[] = []
  let label = ''
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string
    const next = text[index + 1]
    if (character === '\\' && (next === '.' || next === '\\')) {
      label += next
      index += 1
    } else if (character === '.') {
      labels.push(label)
      label = ''
    } else label += character
  }
  labels.push(label)
  return labels
}

function escapeLabel(label: string): string {
  return label.includes('.') || label.includes('\\') ? label.replace(/[.\\]/g, '\\$&') : label
}
