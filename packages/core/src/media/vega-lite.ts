import type { FileMediaSnapshot } from '@lossline/journal'
import { InvalidMediaError } from '../errors.ts'
import { MediaValue } from './media-value.ts'
import { toPlainJson } from './plain-json.ts'

/** Id of the element that holds the description; pages that draw it themselves look for it. See docs/formats/media.md. */
const vegaLiteSpecId = 'vega-lite-spec'

/**
 * A chart described in Vega-Lite, with its data in the description. W&B has no kind of its own for such charts, so it is
 * logged as an HTML document that holds the description and draws it with vega-embed. The library comes from jsDelivr when
 * somebody looks at the document; this page of Lossline loads nothing from there and shows the description instead.
 *
 * @example
 * run.log({ chart: new VegaLite({ mark: 'bar', data: { values }, encoding: { x: { field: 'name' }, y: { field: 'n' } } }) })
 */
export class VegaLite extends MediaValue {
  readonly #text: string

  /**
   * @param spec - Copied at once.
   * @throws {@link InvalidMediaError} when it is no object, or holds itself.
   */
  constructor(spec: object) {
    super()
    if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
      throw new InvalidMediaError('A chart in Vega-Lite is an object.', 'Pass { mark, data, encoding }.')
    }
    this.#text = toDocument(spec)
  }

  toSnapshot(): FileMediaSnapshot {
    return { kind: 'html', content: { kind: 'text', text: this.#text }, extension: '.html' }
  }
}

function toDocument(spec: object): string {
  const json = JSON.stringify(toPlainJson(spec), (_key, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
  const cdn = 'https://cdn.jsdelivr.net/npm'
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<script src="${cdn}/vega@5"></script><script src="${cdn}/vega-lite@5"></script><script src="${cdn}/vega-embed@6"></script>`,
    '</head><body><div id="chart"></div>',
    // Without a "<" no text can end the element, or begin a comment in it.
    `<script type="application/json" id="${vegaLiteSpecId}">${json.replaceAll('<', '\\u003c')}</script>`,
    `<script>vegaEmbed("#chart", JSON.parse(document.getElementById("${vegaLiteSpecId}").textContent))</script>`,
    '</body></html>',
  ].join('\n')
}
