import type { MetricNoteEdit, OwnMetricNote } from '@lossline/protocol'

/** What somebody is about to say of a metric; null: nothing, so that what its runs say holds. */
export type MetricDraft = Pick<OwnMetricNote, 'description' | 'unit' | 'goal'>

/** As it is now. */
export function createMetricDraft({ description, unit, goal }: OwnMetricNote): MetricDraft {
  return { description, unit, goal }
}

/** What has to be changed; undefined: nothing. */
export function toMetricEdit(own: OwnMetricNote, draft: MetricDraft): Omit<MetricNoteEdit, 'metric'> | undefined {
  const { description, unit, goal } = draft
  const next = { description: description?.trim() ?? null, unit: unit?.trim() ?? null, goal }
  const edit = {
    ...(next.description !== own.description && { description: next.description }),
    ...(next.unit !== own.unit && { unit: next.unit }),
    ...(next.goal !== own.goal && { goal: next.goal }),
  }
  return Object.keys(edit).length === 0 ? undefined : edit
}

/** Text of a field after somebody wrote in it: as the runs say is as good as nothing said, unless something was said before. */
export function writtenText(text: string, ofRuns: string, before: string | null): string | null {
  return before === null && text === ofRuns ? null : text
}
