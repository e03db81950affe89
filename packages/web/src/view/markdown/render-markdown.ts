import DOMPurify from 'dompurify'
import MarkdownIt, { type Token } from 'markdown-it'
import { lowerHeadings } from './lower-headings.ts'

// HTML inside of a text stays text; what the renderer makes of the rest is sanitised all the same.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true })

/** What texts of our own have besides. */
export interface MarkdownOptions {
  /** Whether a new line in the text is one on the page. Default: true, as people mean it who write a note. */
  readonly hasBreaks?: boolean
  /** Changes what was read before HTML is made of it. */
  readonly prepare?: (tokens: Token[]) => void
  /** Changes what is safe already. */
  readonly finish?: (fragment: DocumentFragment) => void
}

/**
 * HTML of a text in Markdown that anybody may have written: no scripts, no frames, links that tell nobody where they come from.
 *
 * @param headingLevel - Level of the heading that the text belongs to: its first heading is one below it.
 */
export function renderMarkdown(text: string, headingLevel: number, options: MarkdownOptions = {}): string {
  const tokens = markdown.parse(text, {})
  lowerHeadings(tokens, headingLevel)
  options.prepare?.(tokens)
  const written = { ...markdown.options, breaks: options.hasBreaks ?? true }
  const fragment = DOMPurify.sanitize(markdown.renderer.render(tokens, written, {}), {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select'],
    FORBID_ATTR: ['style', 'class', 'id'],
    RETURN_DOM_FRAGMENT: true,
  })
  for (const link of fragment.querySelectorAll('a')) {
    link.rel = 'noopener noreferrer'
    if (link.origin !== location.origin) link.target = '_blank'
  }
  for (const image of fragment.querySelectorAll('img')) {
    // The page asks no other server for anything; who wants to see the picture follows the link.
    if (new URL(image.src, location.href).origin === location.origin) continue
    const link = document.createElement('a')
    Object.assign(link, { href: image.src, rel: 'noopener noreferrer', target: '_blank' })
    link.textContent = image.alt || image.src
    image.replaceWith(link)
  }
  options.finish?.(fragment)
  const holder = document.createElement('div')
  holder.append(fragment)
  return holder.innerHTML
}
