let depth = 0

/** Calls a model for this package's own purposes: such a call is not logged. */
export function asOwnCall<Result>(call: () => Result): Result {
  depth += 1
  try {
    return call()
  } finally {
    depth -= 1
  }
}

/** Whether the call of a model that is going on is one of this package. */
export function isOwnCall(): boolean {
  return depth > 0
}
