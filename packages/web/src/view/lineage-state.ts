import type { LineageNode } from '@lossline/protocol'
import type { AddressCodec } from './address-store.ts'

/** What the lineage of a version shows. */
export interface LineageState {
  /** `d`: edges away from the version, 1…10. */
  readonly depth: number
  /** `dir`: what it was made from, what was made with it, or both. */
  readonly direction: 'upstream' | 'downstream' | 'both'
  /** `as`: as a graph or in words. */
  readonly isList: boolean
}

const defaultDepth = 4

/** How lineage stands in the address. */
export const lineageCodec: AddressCodec<LineageState> = {
  keys: ['d', 'dir', 'as'],
  parse: ({ d, dir, as }) => ({
    depth: d !== undefined && /^([1-9]|10)$/.test(d) ? Number(d) : defaultDepth,
    direction: dir === 'upstream' || dir === 'downstream' ? dir : 'both',
    isList: as === 'list',
  }),
  stringify: ({ depth, direction, isList }) => ({
    ...(depth === defaultDepth ? {} : { d: String(depth) }),
    ...(direction === 'both' ? {} : { dir: direction }),
    ...(isList ? { as: 'list' } : {}),
  }),
}

/** What people call a node. */
export function nodeName(node: LineageNode): string {
  return node.kind === 'run' ? node.run.displayName : `${node.version.collection}:${node.version.version}`
}
