/**
 * Changes of where things are. A run that goes into another project, or whose project is renamed, keeps its storage id and all
 * that it has; {@link Store.run} goes on to find it under the addresses that it had before, unless another run has got one of
 * them, and none of them is free for a new run as long as nothing but its old clients could tell the two apart.
 */
export type PlaceWrite = MoveRunWrite | RenameProjectWrite | DeleteProjectWrite

/**
 * Puts a run into a project, which is made if it is missing. Artifacts stay where they are and go on to name the run as theirs.
 * In its new project the run gets the next number. `conflict` when the id is taken there, by a deleted run too.
 */
export interface MoveRunWrite {
  readonly kind: 'move-run'
  readonly run: number
  readonly entity: string
  readonly project: string
  readonly nowMs: number
}

/** Gives a project another name in its entity. `conflict` when another project has it. */
export interface RenameProjectWrite {
  readonly kind: 'rename-project'
  readonly project: number
  readonly name: string
  readonly nowMs: number
}

/**
 * Removes a project with its runs, artifacts and views for good; its name is free again. No read tells of anything of it from
 * then on, but for `trashedRuns`: what its runs hold goes with `delete-run`, as what has been in the trash for long.
 * `conflict` while a run is going on.
 */
export interface DeleteProjectWrite {
  readonly kind: 'delete-project'
  readonly project: number
  /** Runs in state `running` or `preempting` count as going on whose last sign of life is not older than this. */
  readonly liveSinceMs: number
  readonly nowMs: number
}
