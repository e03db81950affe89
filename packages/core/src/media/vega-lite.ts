import type { FileMediaSnapshot } from '@lossline/journal'
import { InvalidMediaError } from '../errors.ts'
import { MediaValue } from './media-value.ts'
import { toPlainJson } from './plain-json.ts'

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
    // A "<" in a text could end the element.
    `<script type="application/vega-lite+json" id="spec">${json.replaceAll('<', '\\u003c')}</script>`,
    '<script>vegaEmbed("#chart", JSON.parse(document.getElementById("spec").textContent))</script>',
    '</body></html>',
  ].join('\n')
}
