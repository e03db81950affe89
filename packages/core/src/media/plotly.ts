import type { FileMediaSnapshot } from '@lossline/journal'
import { toJsonText } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { MediaValue } from './media-value.ts'
import { toPlainJson } from './plain-json.ts'

/** A figure of plotly.js. */
export interface PlotlyFigure {
  /** The traces. */
  readonly data: readonly object[]
  readonly layout?: object
  readonly frames?: readonly object[]
}

/**
 * A figure of plotly.js: its traces and layout, drawn where it is shown.
 *
 * @example run.log({ curve: new Plotly({ data: [{ type: 'scatter', x: [1, 2, 3], y: [3, 1, 2] }] }) })
 */
export class Plotly extends MediaValue {
  readonly #text: string

  /**
   * @param figure - Copied at once. Typed arrays in it become lists.
   * @throws {@link InvalidMediaError} when it has no list of traces, or holds itself.
   */
  constructor(figure: PlotlyFigure) {
    super()
    if (!Array.isArray(figure?.data)) {
      throw new InvalidMediaError('A figure of plotly.js has a list of traces, data.', 'Pass { data, layout }.')
    }
    const { data, layout = {}, frames } = figure
    const json = toPlainJson({ data, layout, ...(frames === undefined ? {} : { frames }) })
    this.#text = toJsonText(json, 'compact')
  }

  toSnapshot(): FileMediaSnapshot {
    return { kind: 'plotly', content: { kind: 'text', text: this.#text }, extension: '.plotly.json' }
  }
}
