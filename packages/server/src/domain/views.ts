import type { ProjectRow, Store, ViewFields, ViewRow, WholeViewRevisionRow } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { ServerError } from '../errors.ts'
import type { ChangeFeed } from './change-feed.ts'

/** How a view is saved. */
export interface SaveViewOptions {
  /** Who saves it. */
  readonly username: string
  /** The revision that the change was made from. @throws StoreError `conflict` when there is another. Default: any. */
  readonly expectedRevision?: number | undefined
  /** What the same user saves within {@link joinedMs} is one revision. Default false. */
  readonly isAutomatic?: boolean | undefined
}

/** The rules of what people have arranged and saved. */
export interface Views {
  /** @throws {@link ServerError} `not-found`. */
  existing(project: ProjectRow, id: number): Promise<ViewRow>
  /** @throws StoreError `conflict`, when the name has to be the only one of its type and is not. */
  create(project: number, fields: ViewFields, options: { username: string; isNameUnique: boolean }): Promise<ViewRow>
  /** @throws StoreError `conflict`. */
  change(view: ViewRow, fields: ViewFields, options: SaveViewOptions): Promise<ViewRow>
  /** @throws {@link ServerError} `not-found` for a revision that is not kept. */
  revision(view: ViewRow, number: number): Promise<WholeViewRevisionRow>
  remove(view: ViewRow, username: string): Promise<void>
}

/** A view that saves itself with every move of a panel would have no other revisions left after a minute. */
const joinedMs = 5 * 60_000

export function createViews({
  store,
  clock,
  changes,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly changes: ChangeFeed
}): Views {
  const tell = async (view: ViewRow, revision: number, username: string): Promise<void> => {
    const place = await store.place({ projectId: view.projectId })
    if (place === undefined) return
    changes.viewChanged({ entity: place.entity, project: place.project, viewId: view.id, revision, username })
  }
  return {
    existing: async (project, id) => {
      const view = Number.isSafeInteger(id) ? await store.view(id) : undefined
      if (view?.projectId === project.id) return view
      throw new ServerError({ code: 'not-found', message: `${project.entity}/${project.name} has no such view.` })
    },
    create: async (project, fields, { username, isNameUnique }) => {
      const write = { kind: 'put-view', project, fields, username, isNameUnique, nowMs: clock.now() } as const
      const [{ view }] = await store.write([write])
      await tell(view, view.revision, username)
      return view
    },
    change: async (before, fields, { username, expectedRevision, isAutomatic = false }) => {
      const nowMs = clock.now()
      const [{ view }] = await store.write([
        {
          kind: 'put-view',
          project: before.projectId,
          view: before.id,
          fields,
          username,
          expectedRevision,
          joinsSinceMs: isAutomatic ? nowMs - joinedMs : undefined,
          nowMs,
        },
      ])
      await tell(view, view.revision, username)
      return view
    },
    revision: async ({ id }, number) => {
      const revision = await store.viewRevision({ view: id, number })
      if (revision !== undefined) return revision
      throw new ServerError({ code: 'not-found', message: `Revision ${number} of this view is not kept.` })
    },
    remove: async (view, username) => {
      await store.write([{ kind: 'delete-view', view: view.id }])
      await tell(view, 0, username)
    },
  }
}
