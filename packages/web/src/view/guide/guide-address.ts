import { guideHref, guidePages } from './guide-pages.ts'

/** Where a link of a guide page leads from ours. */
export type GuideTarget =
  | { readonly kind: 'address'; readonly href: string }
  /** A file of the repository that is no page of the guide; its path there. */
  | { readonly kind: 'file'; readonly path: string }

/**
 * Resolves a link as it stands in a file of the guide, where it is right for whoever reads it in the repository.
 *
 * @param page - Name of the page that holds it.
 * @param link - `server.md#scripts`, `../images/tables.png`, `https://…`.
 */
export function resolveGuideLink(page: string, link: string): GuideTarget {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return { kind: 'address', href: link }
  const folder = page === 'errors' ? 'docs' : 'docs/guide'
  const { pathname, hash } = new URL(link, `file:///${folder}/${page}.md`)
  const path = decodeURIComponent(pathname).replace(/^\//, '')
  const found = guidePages.find(({ id }) => path === `docs/guide/${id}.md` || path === `docs/${id}.md`)
  return found ? { kind: 'address', href: guideHref(found.id, hash.slice(1)) } : { kind: 'file', path }
}
