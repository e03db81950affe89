import type { LineageNode } from '@lossline/protocol'
import type { AddressCodec } from '../address/address-store.ts'
import type { LineageSelection } from './lineage-narrow.ts'

/** What the lineage of a version shows. */
export interface LineageState {
  /** `d`: edges away from the version, 1…10. */
  readonly depth: number
  /** `dir`: what it was made from, what was made with it, or both. */
  readonly direction: 'upstream' | 'downstream' | 'both'
  /** `show`: what of it. */
  readonly selection: LineageSelection
  /** `as`: as a graph or in words. */
  readonly isList: boolean
}

const defaultDepth = 4

/** How lineage stands in the address. */
export const lineageCodec: AddressCodec<LineageState> = {
  keys: ['d', 'dir', 'show', 'as'],
  parse: ({ d, dir, show, as }) => ({
    depth: d !== undefined && /^([1-9]|10)$/.test(d) ? Number(d) : defaultDepth,
    direction: dir === 'upstream' || dir === 'downstream' ? dir : 'both',
    selection: parseSelection(show),
    isList: as === 'list',
  }),
  stringify: ({ depth, direction, selection, isList }) => ({
    ...(depth === defaultDepth ? {} : { d: String(depth) }),
    ...(direction === 'both' ? {} : { dir: direction }),
    ...(selection === 'all' ? {} : { show: selection }),
    ...(isList ? { as: 'list' } : {}),
  }),
}

function parseSelection(text: string | undefined): LineageSelection {
  if (text === 'runs' || text === 'versions') return text
  return text?.startsWith('type:') ? `type:${text.slice('type:'.length)}` : 'all'
}

/** What people call a node. */
export function nodeName(node: LineageNode): string {
  return node.kind === 'run' ? node.run.displayName : `${node.version.collection}:${node.version.version}`
}
