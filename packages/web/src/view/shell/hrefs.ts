/** A path from segments that may hold any character. */
export function toPath(...segments: readonly string[]): string {
  return `/${segments.map(encodeURIComponent).join('/')}`
}

/** The address of a project's workspace. */
export function projectHref({ entity, project }: { readonly entity: string; readonly project: string }): string {
  return toPath(entity, project)
}
