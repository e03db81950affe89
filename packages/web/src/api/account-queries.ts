import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'

/** The account of whoever looks at the page. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => callApi('GET /api/account', { signal }),
})

/** Everybody with an account; for admins. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => callApi('GET /api/admin/users', { signal }),
})

/** A user or team, and who belongs to it. 404 for those who may not look. */
export function entityQuery(entity: string) {
  return queryOptions({
    queryKey: ['entity', entity],
    queryFn: ({ signal }) => callApi('GET /api/entities/{entity}', { path: { entity }, signal }),
    retry: false,
  })
}

/** Teams and their members; for admins of the server. */
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => callApi('GET /api/admin/teams', { signal }),
})
