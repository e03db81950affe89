/** What a page is of, as far as it can be shared by itself. */
export type ShareTarget =
  | { readonly kind: 'project' }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'artifact'; readonly collection: string; readonly version: string }

/** What is shared by a link to a page of a project. */
export function shareTargetOf(pathname: string): ShareTarget {
  const [, , , page, first, second, third] = pathname.split('/').map(decode)
  if (page === 'runs' && first) return { kind: 'run', runId: first }
  if (page === 'artifacts' && second && third) return { kind: 'artifact', collection: second, version: third }
  return { kind: 'project' }
}

/** Where a link leads: to what is on the page now, down to the line of a log. */
export function sharedPathOf({
  pathname,
  search,
  hash,
}: {
  readonly pathname: string
  readonly search: string
  readonly hash: string
}): string {
  return pathname + search + hash
}

/** What whoever has the link gets to see, in words. */
export function revealedBy(target: ShareTarget, project: string): string {
  switch (target.kind) {
    case 'run':
      return `this run with its charts, logs, files, and the artifacts it used and made. Not the rest of ${project}.`
    case 'artifact':
      return `this version with its files and metadata. Neither the runs that used or made it, nor the rest of ${project}.`
    case 'project':
      return `everything in ${project}: all runs, their logs and files, artifacts, sweeps, views and reports. It opens at what you see now. Where a view draws runs of other projects too, the link does not show those runs, only what the view says of them: names of projects, filters, ids of runs.`
  }
}

/** HTML that shows a page in a notebook. @param url - Of the page. */
export function embedCode(url: string): string {
  const address = new URL(url)
  address.searchParams.set('jupyter', 'true')
  const src = address.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<iframe src="${src}" style="border:none;width:100%;height:420px"></iframe>`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
