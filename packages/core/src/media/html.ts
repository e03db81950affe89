import type { FileMediaSnapshot, MediaContent } from '@lossline/journal'
import { injectHtmlHead } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { readMediaFile, readMediaText } from './media-file-access.ts'
import { MediaValue } from './media-value.ts'

/** How an HTML document is taken. */
export interface HtmlOptions {
  /** Whether links open beside the page and W&B's style sheet is put into the head of the document. Default true. */
  readonly inject?: boolean
}

const htmlOptionNames: OptionNames<HtmlOptions> = { inject: true }

// Of Linux and macOS, and more than Windows has.
const pathLengthMax = 4096

/**
 * An HTML document or fragment. It is shown in a frame of its own.
 *
 * @example run.log({ report: new Html('<h1>All good</h1>') })
 */
export class Html extends MediaValue {
  readonly #content: MediaContent

  /**
   * @param html - The document itself, a URL of a file, or its path: a text that ends in `.html` or `.htm` and holds no
   *   `<`. The file is read at once, or, with `inject: false`, copied when the document is logged.
   * @throws {@link InvalidMediaError} for a file that cannot be read or is empty.
   */
  constructor(html: string | URL, options: HtmlOptions = {}) {
    super()
    checkOptions('new Html', options, htmlOptionNames)
    const { inject = true } = options
    if (html instanceof URL || isPath(html)) this.#content = openFile(html, inject)
    else if (typeof html === 'string') this.#content = { kind: 'text', text: inject ? injectHtmlHead(html) : html }
    else
      throw new InvalidMediaError(
        `A document is a text or a URL, not ${describeValue(html)}.`,
        'Pass HTML, or pathToFileURL(path).',
      )
  }

  toSnapshot(): FileMediaSnapshot {
    return { kind: 'html', content: this.#content, extension: '.html' }
  }
}

// W&B's client looks for a file of the name and logs the name when there is none. No document is only that.
function isPath(html: unknown): html is string {
  return typeof html === 'string' && html.length <= pathLengthMax && /^[^<\n]*\.html?$/i.test(html)
}

function openFile(source: string | URL, inject: boolean): MediaContent {
  if (!inject) return { kind: 'file', path: readMediaFile(source).path }
  const { path, text } = readMediaText(source)
  if (text.length === 0) throw new InvalidMediaError(`"${path}" is empty.`, 'Pass a file with a document in it.')
  return { kind: 'text', text: injectHtmlHead(text) }
}
