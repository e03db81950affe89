/** What somebody has arranged and saved: a report, a workspace. */
export interface ViewRow {
  readonly id: number
  readonly projectId: number
  /** W&B's word: `runs` is a report, `runs/draft` a draft of one, `project-view` a workspace. */
  readonly type: string
  readonly name: string
  readonly displayName: string
  readonly description: string
  /** Who made it. */
  readonly username: string
  /** JSON text that is returned as it came. */
  readonly spec: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Number of the newest {@link ViewRevisionRow}: 1, and one more with each change of what a revision holds. */
  readonly revision: number
  /** Who made that. */
  readonly savedBy: string
}

/** What a view was at some time. The newest {@link viewRevisionCountMax} of a view are kept. */
export interface ViewRevisionRow {
  readonly number: number
  readonly displayName: string
  readonly description: string
  /** Who saved it. */
  readonly username: string
  /** When the first of the changes came that are one revision together, and the last one. */
  readonly begunAtMs: number
  readonly savedAtMs: number
}

/** A revision with what it holds. */
export interface WholeViewRevisionRow extends ViewRevisionRow {
  readonly spec: string
}

/** Older revisions of a view are dropped. */
export const viewRevisionCountMax = 50

/** Which views of a project, oldest first. */
export interface ViewQuery {
  readonly project: number
  readonly type?: string | undefined
  readonly name?: string | undefined
  readonly username?: string | undefined
}

/** What `put-view` can set; undefined leaves a field as it is, or empty. */
export interface ViewFields {
  readonly type?: string | undefined
  readonly name?: string | undefined
  readonly displayName?: string | undefined
  readonly description?: string | undefined
  readonly spec?: string | undefined
}

/** Creates a view, or with `view` changes one; `delete-view` removes it. `put-view-state` keeps a text under its digest. */
export type ViewWrite =
  | {
      readonly kind: 'put-view'
      readonly project: number
      /** Storage id. @throws `not-found` when the project has no such view. */
      readonly view?: number | undefined
      readonly fields: ViewFields
      /** Who does it. */
      readonly username: string
      readonly nowMs: number
      /** @throws `conflict` when the view has another revision by now. Default: whatever it has. */
      readonly expectedRevision?: number | undefined
      /**
       * The change joins the newest revision if the same user began that since then, for views that save themselves. Default: it
       * is a revision of its own.
       */
      readonly joinsSinceMs?: number | undefined
      /** Of a new one. @throws `conflict` when the project has one of its type and name. Default: it may have several. */
      readonly isNameUnique?: boolean | undefined
    }
  | { readonly kind: 'delete-view'; readonly view: number }
  | { readonly kind: 'put-view-state'; readonly hash: string; readonly state: string; readonly nowMs: number }
