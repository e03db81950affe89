import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { isSignedOut } from '../../api/client.ts'
import { statusQuery } from '../../api/queries.ts'

const SignIn = lazy(() => import('./sign-in.tsx').then((module) => ({ default: module.SignIn })))

/** The page, or the question for a key where the server wants one. */
export function SignInGate({ children }: { readonly children: ReactNode }): ReactNode {
  const { error } = useQuery(statusQuery)
  if (!isSignedOut(error)) return children
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  )
}
