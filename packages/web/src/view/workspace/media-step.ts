import type { AddressCodec } from '../address/address-store.ts'

/** The step that media and tables of a workspace are shown at. */
export interface MediaStep {
  /** `ms`; undefined follows the newest. */
  readonly step: number | undefined
}

/** One step for the whole page: every panel reads and changes the same key of the address. */
export const mediaStepCodec: AddressCodec<MediaStep> = {
  keys: ['ms'],
  parse: ({ ms }) => ({ step: ms !== undefined && /^-?\d{1,15}$/.test(ms) ? Number(ms) : undefined }),
  stringify: ({ step }): Record<string, string> => (step === undefined ? {} : { ms: String(step) }),
}
