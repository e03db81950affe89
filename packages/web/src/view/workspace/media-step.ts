import type { AddressCodec } from '../address/address-store.ts'
import { parsePlace } from '../media/media-state.ts'

/** The step that media and tables of a workspace are shown at. */
export interface MediaStep {
  /** `ms`; undefined follows the newest. */
  readonly step: number | undefined
  /** `mx`: the metric whose values `step` is one of; undefined: it is a step. */
  readonly axis: string | undefined
}

/** One step for the whole page: every panel reads and changes the same key of the address. */
export const mediaStepCodec: AddressCodec<MediaStep> = {
  keys: ['ms', 'mx'],
  parse: ({ ms, mx }) => ({ step: parsePlace(ms), axis: mx }),
  stringify: ({ step, axis }) => ({
    ...(step === undefined ? {} : { ms: String(step) }),
    ...(axis === undefined ? {} : { mx: axis }),
  }),
}
