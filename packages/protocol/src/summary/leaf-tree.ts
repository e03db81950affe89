/** A tree of labels with values at its leaves only, as history rows and the summary are. */
export interface LeafTree<Leaf> {
  readonly size: number
  get(path: readonly string[]): Leaf | undefined
  /** Puts a leaf; a leaf above it or a subtree at its place gives way. Returns whether something gave way. */
  set(path: readonly string[], leaf: Leaf): boolean
  /** Removes the leaf or the subtree at the path. Returns whether there was one. */
  delete(path: readonly string[]): boolean
  /** Visits the leaves in the order in which they came. */
  forEach(visit: (leaf: Leaf, path: readonly string[]) => void): void
  /** Visits the leaves below a path, or the one at it. */
  forEachBelow(path: readonly string[], visit: (leaf: Leaf, path: readonly string[]) => void): void
}

interface Branch<Leaf> {
  readonly children: Map<string, Branch<Leaf> | Twig<Leaf>>
}
interface Twig<Leaf> {
  leaf: Leaf
  readonly path: readonly string[]
}

/** Makes an empty tree. */
export function createLeafTree<Leaf>(): LeafTree<Leaf> {
  const root: Branch<Leaf> = { children: new Map() }
  let size = 0

  function nodeAt(path: readonly string[]): Branch<Leaf> | Twig<Leaf> | undefined {
    let node: Branch<Leaf> | Twig<Leaf> | undefined = root
    for (const label of path) {
      if (node === undefined || !isBranch(node)) return undefined
      node = node.children.get(label)
    }
    return node
  }

  return {
    get size() {
      return size
    },
    get(path) {
      const node = nodeAt(path)
      return node === undefined || isBranch(node) ? undefined : node.leaf
    },
    set(path, leaf) {
      let branch = root
      let hasEvicted = false
      for (let depth = 0; depth < path.length - 1; depth += 1) {
        const label = path[depth] as string
        const child = branch.children.get(label)
        if (child !== undefined && isBranch(child)) {
          branch = child
          continue
        }
        if (child !== undefined) {
          hasEvicted = true
          size -= 1
          branch.children.delete(label)
        }
        const next: Branch<Leaf> = { children: new Map() }
        branch.children.set(label, next)
        branch = next
      }
      const last = path[path.length - 1] as string
      const existing = branch.children.get(last)
      if (existing !== undefined && !isBranch(existing)) {
        existing.leaf = leaf
        return hasEvicted
      }
      if (existing !== undefined) {
        hasEvicted = true
        size -= countLeaves(existing)
        branch.children.delete(last)
      }
      branch.children.set(last, { leaf, path: [...path] })
      size += 1
      return hasEvicted
    },
    delete(path) {
      const parent = nodeAt(path.slice(0, -1))
      const last = path[path.length - 1] as string
      if (parent === undefined || !isBranch(parent)) return false
      const child = parent.children.get(last)
      if (child === undefined) return false
      size -= isBranch(child) ? countLeaves(child) : 1
      return parent.children.delete(last)
    },
    forEach(visit) {
      visitLeaves(root, visit)
    },
    forEachBelow(path, visit) {
      const node = nodeAt(path)
      if (node === undefined) return
      if (isBranch(node)) visitLeaves(node, visit)
      else visit(node.leaf, node.path)
    },
  }
}

function isBranch<Leaf>(node: Branch<Leaf> | Twig<Leaf>): node is Branch<Leaf> {
  return 'children' in node
}

function visitLeaves<Leaf>(branch: Branch<Leaf>, visit: (leaf: Leaf, path: readonly string[]) => void): void {
  for (const child of branch.children.values()) {
    if (isBranch(child)) visitLeaves(child, visit)
    else visit(child.leaf, child.path)
  }
}

function countLeaves<Leaf>(branch: Branch<Leaf>): number {
  let count = 0
  visitLeaves(branch, () => {
    count += 1
  })
  return count
}
