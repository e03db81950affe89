/** URL of a file of the workspace, by its path from the workspace's root. Nothing is checked. */
export function workspaceUrl(path = ''): URL {
  return new URL(`../../../${path}`, import.meta.url)
}

/** URL of a test fixture, by its path in this package's `fixtures/`. Nothing is checked. */
export function fixtureUrl(path = ''): URL {
  return new URL(`../fixtures/${path}`, import.meta.url)
}
