import type { Sheet, SheetText } from './sheet.ts'

/** A sheet that becomes an SVG document: what is drawn on it stays vectors. */
export interface SvgSheet extends Sheet {
  /** The whole document. */
  toSvg(): string
}

export function createSvgSheet(size: { readonly width: number; readonly height: number }): SvgSheet {
  const parts: string[] = []
  let path = ''
  let dash: readonly number[] = []
  let clipCount = 0
  const paint = (attributes: string): void => {
    if (path !== '') parts.push(`<path d="${path}" ${attributes}${alpha()}/>`)
  }
  const alpha = (): string => (pen.globalAlpha < 1 ? ` opacity="${round(pen.globalAlpha)}"` : '')
  const pen: Sheet['pen'] = {
    strokeStyle: '#000',
    fillStyle: '#000',
    lineWidth: 1,
    lineJoin: 'round',
    globalAlpha: 1,
    beginPath: () => {
      path = ''
    },
    moveTo: (x, y) => {
      path += `M${round(x)} ${round(y)}`
    },
    lineTo: (x, y) => {
      path += `${path === '' ? 'M' : 'L'}${round(x)} ${round(y)}`
    },
    closePath: () => {
      path += 'Z'
    },
    // Only whole circles are drawn.
    arc: (x, y, radius) => {
      const [r, across] = [round(radius), round(2 * radius)]
      path += `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${-across} 0`
    },
    setLineDash: (segments) => {
      dash = [...segments]
    },
    stroke: () => {
      const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.map(round).join(' ')}"` : ''
      paint(
        `fill="none" stroke="${escapeXml(pen.strokeStyle)}" stroke-width="${round(pen.lineWidth)}" stroke-linejoin="${pen.lineJoin}"${dashes}`,
      )
    },
    fill: () => paint(`fill="${escapeXml(pen.fillStyle)}"`),
    fillRect: (x, y, width, height) => {
      parts.push(
        `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${escapeXml(pen.fillStyle)}"${alpha()}/>`,
      )
    },
  }
  return {
    pen,
    clip(box, draw) {
      clipCount += 1
      const id = `clip${clipCount}`
      parts.push(
        `<clipPath id="${id}"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath><g clip-path="url(#${id})">`,
      )
      draw()
      parts.push('</g>')
    },
    text({ text, x, y, align, color, size: fontSize, isStrong }: SheetText) {
      const anchor = align === 'center' ? 'middle' : align
      const weight = isStrong ? ' font-weight="600"' : ''
      parts.push(
        `<text x="${round(x)}" y="${round(y)}" fill="${escapeXml(color)}" font-size="${fontSize}" text-anchor="${anchor}"${weight}>${escapeXml(text)}</text>`,
      )
    },
    widthOf: svgWidthOf,
    toSvg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif">${parts.join('')}</svg>`,
  }
}

/** How wide a text will be: about what the fonts of browsers take. */
export function svgWidthOf(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** Names of runs are anybody's; a document opened by itself must not run them. */
function escapeXml(text: unknown): string {
  return String(text)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
