/** A run that was deleted and can be brought back. */
export interface TrashedRunRow {
  /** Storage id; no other read knows it. */
  readonly id: number
  /** Of the project that it was deleted from. */
  readonly projectId: number
  readonly runId: string
  readonly displayName: string
  readonly createdAtMs: number
  readonly deletedAtMs: number
}

/** Which deleted runs: those to which all of it applies, by default every one. Oldest first. */
export interface TrashQuery {
  /** Storage id of the run. */
  readonly run?: number
  readonly runId?: string
  /** That it was deleted from. */
  readonly project?: number
  readonly deletedBeforeMs?: number
  readonly limit?: number
}

/**
 * Deleting in two steps. `trash-run` hides a run with all that it has; `restore-run` brings it back as it was; `delete-run` removes
 * it for good, in the trash or not. The id of a run that was deleted is not free again in its project.
 */
export type TrashWrite =
  | { readonly kind: 'trash-run'; readonly run: number; readonly nowMs: number }
  | { readonly kind: 'restore-run'; readonly run: number; readonly nowMs: number }
  | { readonly kind: 'delete-run'; readonly run: number }
