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
}

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

/** Creates a view, or with `view` changes one; `delete-view` removes it. */
export type ViewWrite =
  | {
      readonly kind: 'put-view'
      readonly project: number
      /** Storage id. @throws `not-found` when the project has no such view. */
      readonly view?: number | undefined
      readonly fields: ViewFields
      /** Of a new one. */
      readonly username: string
      readonly nowMs: number
    }
  | { readonly kind: 'delete-view'; readonly view: number }
