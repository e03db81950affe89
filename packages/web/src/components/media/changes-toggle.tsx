import type { ReactElement } from 'react'
import type { MediaBefore } from '../../hooks/media/use-compared-media.ts'
import { formatNumber } from '../../view/text/format.ts'

/** Shows how a text came out of the one at the step before, or the text. */
export function ChangesToggle(props: {
  readonly before: MediaBefore
  readonly isOn: boolean
  readonly onChange: () => void
}): ReactElement {
  return (
    <button
      aria-pressed={props.isOn}
      className="link-text whitespace-nowrap aria-pressed:font-semibold"
      onClick={props.onChange}
      type="button"
    >
      Changes since step {formatNumber(props.before.step)}
    </button>
  )
}
