import type { AccountResponse, UsersResponse } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from './client.ts'

/** The account of whoever looks at the page. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => getJson<AccountResponse>('/api/account', signal),
})

/** Everybody with an account; for admins. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => getJson<UsersResponse>('/api/admin/users', signal),
})
