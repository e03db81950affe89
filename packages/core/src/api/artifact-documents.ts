import { listedVersionFields } from '../artifacts/artifact-queries.ts'

const pageInfo = 'pageInfo { __typename endCursor hasNextPage }'
const typeFields = '__typename id name description createdAt'
const collectionFields = `__typename id name description createdAt updatedAt project { id name entity { name } }
  type: defaultArtifactType { id name } tags { edges { node { id name } } }`

function inProject(operationName: string, variables: string, selection: string): string {
  return `query ${operationName}($entity: String!, $project: String!, ${variables}) {
    project(name: $project, entityName: $entity) { id ${selection} }
  }`
}

type ArtifactDocumentName =
  | 'types'
  | 'collections'
  | 'collectionsOfType'
  | 'collection'
  | 'versions'
  | 'logged'
  | 'used'

/** Questions about what artifacts a project has; the selections are those of W&B's client. */
export const artifactDocuments: Readonly<Record<ArtifactDocumentName, string>> = {
  types: inProject(
    'ProjectArtifactTypes',
    '$cursor: String, $perPage: Int',
    `artifactTypes(after: $cursor, first: $perPage) { edges { node { ${typeFields} } cursor } ${pageInfo} }`,
  ),
  collections: inProject(
    'ProjectArtifactCollections',
    '$cursor: String, $perPage: Int, $filters: JSONString, $order: String',
    `artifactCollections(after: $cursor, first: $perPage, filters: $filters, order: $order) {
      totalCount edges { node { ${collectionFields} } cursor } ${pageInfo}
    }`,
  ),
  collectionsOfType: inProject(
    'ArtifactTypeArtifactCollections',
    '$type: String!, $cursor: String, $perPage: Int, $filters: JSONString, $order: String',
    `artifactType(name: $type) { id
      artifactCollections(after: $cursor, first: $perPage, filters: $filters, order: $order) {
        totalCount edges { node { ${collectionFields} } cursor } ${pageInfo}
      }
    }`,
  ),
  collection: inProject(
    'ProjectArtifactCollection',
    '$type: String!, $name: String!',
    `artifactType(name: $type) { id artifactCollection(name: $name) { ${collectionFields} } }`,
  ),
  versions: inProject(
    'ProjectArtifacts',
    '$type: String!, $collection: String!, $cursor: String, $perPage: Int, $order: String, $filters: JSONString',
    `artifactType(name: $type) { id artifactCollection(name: $collection) { __typename id
      artifacts(after: $cursor, first: $perPage, order: $order, filters: $filters) {
        totalCount edges { version node { ${listedVersionFields} } cursor } ${pageInfo}
      }
    } }`,
  ),
  logged: inProject(
    'RunOutputArtifacts',
    '$name: String!, $cursor: String, $perPage: Int',
    `run(name: $name) { id artifacts: outputArtifacts(after: $cursor, first: $perPage) {
      totalCount edges { node { ${listedVersionFields} } cursor } ${pageInfo}
    } }`,
  ),
  used: inProject(
    'RunInputArtifacts',
    '$name: String!, $cursor: String, $perPage: Int',
    `run(name: $name) { id artifacts: inputArtifacts(after: $cursor, first: $perPage) {
      totalCount edges { node { ${listedVersionFields} } cursor } ${pageInfo}
    } }`,
  ),
}
