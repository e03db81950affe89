import type { WorkspaceType } from '@lossline/protocol'
import { readJson, removeJson, writeJson } from '../browser/local-json.ts'

/** A view with edits that nobody has saved. */
export interface ViewDraft {
  /** Of the view that was edited. */
  readonly revision: number
  /** The view as it would have been saved. */
  readonly spec: string
}

/** Where the unsaved edits of one view lie. */
export interface ViewDraftKeeper {
  /** Where it lies in this browser. */
  readonly key: string
  read(): ViewDraft | undefined
  write(draft: ViewDraft): void
  drop(): void
}

/**
 * Keeps unsaved edits of a view in this browser, so that a reload does not lose them.
 *
 * @param view.username - Who edits: two people who share a browser have drafts of their own.
 */
export function createViewDraftKeeper(view: {
  readonly entity: string
  readonly project: string
  /** Default: a workspace. */
  readonly type?: WorkspaceType
  readonly name: string
  readonly username: string
}): ViewDraftKeeper {
  const type = view.type === undefined || view.type === 'project-view' ? [] : [view.type]
  const parts = [view.username, view.entity, view.project, view.name, ...type].map(encodeURIComponent)
  const key = `lossline.draft.${parts.join('/')}`
  return {
    key,
    read: () => parseViewDraft(readJson(key)),
    write: (draft) => writeJson(key, draft),
    drop: () => removeJson(key),
  }
}

/** What a browser kept; undefined for anything else. */
function parseViewDraft(kept: unknown): ViewDraft | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const { revision, spec } = kept as Partial<Record<keyof ViewDraft, unknown>>
  return typeof revision === 'number' && typeof spec === 'string' ? { revision, spec } : undefined
}
