import { Link } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import type { ReactElement } from 'react'
import type { GuidePlace } from '../../view/guide/guide-pages.ts'

/** Leads from what is empty to the part of the guide that says how it is filled. @param props.children - What that part is about. */
export function GuideLink({ to, children }: { readonly to: GuidePlace; readonly children: string }): ReactElement {
  const [page = '', hash = ''] = to.split('#')
  return (
    <p className="mt-4 text-sm">
      <Link className="link-text inline-flex items-center gap-1.5" hash={hash} params={{ page }} to="/help/$page">
        <BookOpen aria-hidden="true" size={14} />
        Guide: {children}
      </Link>
    </p>
  )
}
