import type { AddressCodec } from '../address/address-store.ts'
import { lookText, type MediaLook, parseLookText } from './media-look.ts'

/** What the media tab shows. */
export interface MediaState {
  /** `q`: text that keys are filtered by. */
  readonly search: string
  /** `step`; undefined follows the newest. */
  readonly step: number | undefined
  /** `axis`: the metric whose values `step` is one of; undefined: it is a step. */
  readonly axis: string | undefined
  /** `size`: how large pictures are. */
  readonly size: MediaSize
  /** `hist=steps`: histograms over all steps instead of at one. */
  readonly isOverSteps: boolean
  /** `look`: what is shown of boxes, masks and texts. */
  readonly look: MediaLook
}

/** Sizes of pictures in the grid. */
export type MediaSize = 's' | 'm' | 'l'

/** How the media tab stands in the address. */
export const mediaCodec: AddressCodec<MediaState> = {
  keys: ['q', 'step', 'axis', 'size', 'hist', 'look'],
  parse: ({ q, step, axis, size, hist, look }) => ({
    search: q ?? '',
    step: parsePlace(step),
    axis,
    size: size === 's' || size === 'l' ? size : 'm',
    isOverSteps: hist === 'steps',
    look: parseLookText(look),
  }),
  stringify: ({ search, step, axis, size, isOverSteps, look }) => ({
    ...(search === '' ? {} : { q: search }),
    ...(step === undefined ? {} : { step: String(step) }),
    ...(axis === undefined ? {} : { axis }),
    ...(size === 'm' ? {} : { size }),
    ...(isOverSteps ? { hist: 'steps' } : {}),
    ...(lookText(look) === undefined ? {} : { look: lookText(look) as string }),
  }),
}

/** Which table the tables tab shows. */
export interface TablesState {
  /** `t`: key of the table; undefined is the first. */
  readonly key: string | undefined
  /** `step`; undefined follows the newest. */
  readonly step: number | undefined
  /** `vs`: the step of the table that it is compared with; undefined: with none. */
  readonly otherStep: number | undefined
}

/** How the choice of a table stands in the address. */
export const tablesCodec: AddressCodec<TablesState> = {
  keys: ['t', 'step', 'vs'],
  parse: ({ t, step, vs }) => ({ key: t, step: parseStep(step), otherStep: parseStep(vs) }),
  stringify: ({ key, step, otherStep }) => ({
    ...(key === undefined ? {} : { t: key }),
    ...(step === undefined ? {} : { step: String(step) }),
    ...(otherStep === undefined ? {} : { vs: String(otherStep) }),
  }),
}

function parseStep(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** A step or a value of another axis, as it stands in an address. */
export function parsePlace(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,16}(\.\d{1,20})?(e[+-]\d{1,2})?$/.test(text) ? Number(text) : undefined
}
