/** Scalars, and what every area uses. */
export const commonSchema: string = `
scalar JSONString
scalar JSON
scalar Int64
scalar DateTime
scalar Duration
type PageInfo { startCursor: String endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! }
type SuccessPayload { success: Boolean! clientMutationId: String }
`
