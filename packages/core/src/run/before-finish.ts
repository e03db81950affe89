// By `Symbol.for`, so that an adapter that was installed with a second copy of this package is heard too.
const key = Symbol.for('lossline.beforeFinish')

type Acts = WeakMap<object, Set<() => void>>

function allActs(): Acts {
  const known: Acts | undefined = Reflect.get(globalThis, key)
  if (known !== undefined) return known
  const acts: Acts = new WeakMap()
  Reflect.set(globalThis, key, acts)
  return acts
}

/**
 * Lets an adapter log what it still holds when a run ends: with `finish`, with the process, or by a signal. Rows that are logged
 * in `act` are part of the run.
 *
 * @param act - Called once, in the turn in which the run ends; it cannot wait for anything, and its errors are dropped.
 * @returns what takes `act` back.
 */
export function beforeFinish(run: object, act: () => void): () => void {
  const acts = allActs()
  const ofRun = acts.get(run) ?? new Set()
  acts.set(run, ofRun.add(act))
  return () => ofRun.delete(act)
}

/** Calls what {@link beforeFinish} was given for a run, once. */
export function actBeforeFinish(run: object): void {
  const acts = allActs()
  const ofRun = acts.get(run) ?? []
  acts.delete(run)
  for (const act of ofRun) {
    try {
      act()
    } catch {
      // The run ends all the same, and an adapter tells of its own problems.
    }
  }
}
