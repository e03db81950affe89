/** W&B's states of a sweep: whether it hands out runs, and what becomes of those that go on. */
export type SweepState = 'pending' | 'running' | 'paused' | 'finished' | 'canceled'

/** A search for good settings: runs that belong together, and where their settings come from. */
export interface SweepRow extends SweepFields {
  /** Storage id: stable, unique over all projects. */
  readonly id: number
  readonly projectId: number
  /** What people and programs call it, unique in the project; runs have it as their `sweepId`. */
  readonly name: string
  /** Who made it. */
  readonly username: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** When it was put into the trash; undefined: it was not. */
  readonly deletedAtMs: number | undefined
}

/** What `put-sweep` can set. */
export interface SweepFields {
  /** '': the title is in the config, or there is none. */
  readonly displayName: string
  readonly description: string
  /** YAML as it came. */
  readonly config: string
  readonly state: SweepState
  /** JSON texts that programs keep here for each other; '' where none did. */
  readonly controller: string
  readonly scheduler: string
  readonly launchScheduler: string
  /** Ids of runs made before, which count as data of the search. */
  readonly priorRunIds: readonly string[]
}

/** Which sweeps; oldest first. */
export type SweepQuery =
  /** In the trash or not. */
  | { readonly id: number }
  /** Of a project, all or one; those in its trash only if these are asked for, and then no others. */
  | { readonly project: number; readonly name?: string | undefined; readonly isTrashed?: boolean }
  /** Of all projects, in the trash since before. */
  | { readonly deletedBeforeMs: number }

/**
 * Creates a sweep under a name, or changes the one that has it: undefined leaves a field as it is, of a new one empty, its state
 * pending. @throws `conflict` while one of that name is in the trash.
 *
 * `trash-sweep` hides one and takes it from its runs, which stay; `restore-sweep` brings it back, and gives it back to those of
 * them that are still there and belong to no other; `delete-sweep` removes one for good, in the trash or not.
 */
export type SweepWrite =
  | {
      readonly kind: 'put-sweep'
      readonly project: number
      readonly name: string
      readonly fields: { readonly [F in keyof SweepFields]?: SweepFields[F] | undefined }
      /** Who makes a new one. */
      readonly username: string
      readonly nowMs: number
      /** false: only if there is none. @throws `conflict`. Default true. */
      readonly mayChange?: boolean
      /** Only while the sweep is in one of these states: in another one it stays as it is. Default: in any. */
      readonly whenState?: readonly SweepState[]
    }
  | { readonly kind: 'trash-sweep' | 'restore-sweep'; readonly sweep: number; readonly nowMs: number }
  | { readonly kind: 'delete-sweep'; readonly sweep: number }
