import { decodeKeyPath } from '@lossline/protocol'
import type { HistoryRow } from '@lossline/store'

/** The line that was logged: nested objects restored, `_step` first. */
export function toJsonLine(row: HistoryRow, options: { readonly hasStep: boolean }): string {
  const root: Branch = new Map()
  for (const [key, json] of row.values) place(root, decodeKeyPath(key), json)
  const members = [...root].map(([label, node]) => `${JSON.stringify(label)}:${toText(node)}`)
  return `{${[...(options.hasStep ? [`"_step":${row.step}`] : []), ...members].join(',')}}`
}

type Branch = Map<string, Branch | string>

function place(root: Branch, path: readonly string[], json: string): void {
  let branch = root
  for (const label of path.slice(0, -1)) {
    const next = branch.get(label)
    const child: Branch = next instanceof Map ? next : new Map()
    branch.set(label, child)
    branch = child
  }
  branch.set(path.at(-1) ?? '', json)
}

function toText(node: Branch | string): string {
  if (typeof node === 'string') return node
  return `{${[...node].map(([label, child]) => `${JSON.stringify(label)}:${toText(child)}`).join(',')}}`
}
