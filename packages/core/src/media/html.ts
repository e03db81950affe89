import type { FileMediaSnapshot, MediaContent } from '@lossline/journal'
import { injectHtmlHead } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { readMediaFile } from './media-file-access.ts'
import { MediaValue } from './media-value.ts'

/** How an HTML document is taken. */
export interface HtmlOptions {
  /** Whether links open beside the page and W&B's style sheet is put into the head of the document. Default true. */
  readonly inject?: boolean
}

/**
 * An HTML document or fragment. It is shown in a frame of its own.
 *
 * @example run.log({ report: new Html('<h1>All good</h1>') })
 */
export class Html extends MediaValue {
  readonly #content: MediaContent

  /**
   * @param html - The document itself, or a URL of a file: `pathToFileURL('report.html')`.
   * @throws {@link InvalidMediaError} for a file that cannot be read.
   */
  constructor(html: string | URL, { inject = true }: HtmlOptions = {}) {
    super()
    if (typeof html === 'string') this.#content = { kind: 'text', text: inject ? injectHtmlHead(html) : html }
    else this.#content = openFile(html, inject)
  }

  toSnapshot(): FileMediaSnapshot {
    return { kind: 'html', content: this.#content, extension: '.html' }
  }
}

function openFile(url: URL, inject: boolean): MediaContent {
  const { path, head } = readMediaFile(url)
  if (!inject) return { kind: 'file', path }
  const text = new TextDecoder().decode(head)
  if (text.length === 0) throw new InvalidMediaError(`"${path}" is empty.`, 'Pass a file with a document in it.')
  return { kind: 'text', text: injectHtmlHead(text) }
}
