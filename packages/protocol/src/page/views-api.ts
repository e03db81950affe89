/**
 * What people have arranged and saved in a project: a workspace (`project-view`), the charts of the pages of its runs (`run-view`), a
 * report (`runs`, a draft `runs/draft`).
 */
export interface ViewSummary {
  readonly id: number
  readonly type: string
  /** Of a workspace `nw-<id>-v`, of the one that belongs to a user `nw-<user>-w`. */
  readonly name: string
  readonly displayName: string
  readonly description: string
  /** Who made it. */
  readonly username: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Grows with each save that changes something. */
  readonly revision: number
  /** Who made that one. */
  readonly savedBy: string
}

/** Kinds of views that are panels in sections. */
export type WorkspaceType = 'project-view' | 'run-view'

/** With what it holds. */
export interface ViewDetail extends ViewSummary {
  /** JSON text in W&B's form of workspaces and reports, as it was saved. */
  readonly spec: string
}

/** `GET /api/projects/{entity}/{project}/views?type=`: oldest first. */
export interface ViewsResponse {
  readonly views: readonly ViewSummary[]
}
/** One view. */
export interface ViewResponse {
  readonly view: ViewDetail
}

/**
 * `GET /api/projects/{entity}/{project}/workspace?name=&type=`: all that a page needs before it shows a workspace. Without a name the
 * one that belongs to whoever asks, `nw-<user>-w`.
 */
export interface OpenedWorkspaceResponse {
  /** What was looked for: a workspace, or how the pages of runs arrange their charts. */
  readonly type: WorkspaceType
  /** Null: nobody has saved one of that name. */
  readonly view: ViewDetail | null
  /** The name that was looked for. */
  readonly name: string
  /** Who asks. */
  readonly username: string
  /** Whether views of the project can be saved. */
  readonly mayWrite: boolean
}

/** Body of `POST /api/projects/{entity}/{project}/views`. */
export interface NewViewRequest {
  readonly type: string
  /** 409 if the project has one of this type and name. */
  readonly name: string
  readonly displayName: string
  readonly description?: string
  readonly spec: string
}

/** Body of `PATCH /api/projects/{entity}/{project}/views/{viewId}`. */
export interface ViewEditRequest {
  readonly displayName?: string
  readonly description?: string
  readonly spec?: string
  /** Another one such as `runs` publishes a draft. */
  readonly type?: string
  /** The one that is changed: 409 if somebody has saved another since. Default: whatever is there. */
  readonly revision?: number
  /** It saves itself: what the same user saves within five minutes is one revision. Default false. */
  readonly isAutomatic?: boolean
}

/** What a view was. The last 50 are kept. */
export interface ViewRevision {
  readonly number: number
  readonly displayName: string
  readonly description: string
  readonly username: string
  /** Of the first and the last change that are this revision together. */
  readonly begunAtMs: number
  readonly savedAtMs: number
}

/** `GET …/views/{viewId}/revisions`: newest first. */
export interface ViewRevisionsResponse {
  readonly revisions: readonly ViewRevision[]
}
/** `GET …/views/{viewId}/revisions/{number}`. */
export interface ViewRevisionResponse {
  readonly revision: ViewRevision & { readonly spec: string }
}

/** Body of `POST /api/view-states`: what stands in the address of a page, where that would be too long. */
export interface ViewStateRequest {
  /** Keys and values of a query string. */
  readonly state: Readonly<Record<string, string>>
}
/** Its digest, under which `GET /api/view-states/{hash}` has it. */
export interface ViewStateSavedResponse {
  readonly hash: string
}
/** The state as it was kept. */
export type ViewStateResponse = ViewStateRequest
