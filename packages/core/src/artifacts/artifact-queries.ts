// The selections that W&B's own client makes, so that every server that takes that client takes us.

const pageInfo = 'pageInfo { __typename endCursor hasNextPage }'
const projectFields = 'id name entity { name }'
const collectionFields = `__typename name project { ${projectFields} }`
const artifactFields = `
  id
  artifactSequence { __typename id name project { ${projectFields} } }
  versionIndex
  artifactType { name }
  description
  metadata
  ttlDurationSeconds
  ttlIsInherited
  tags { id name }
  historyStep
  state
  size
  digest
  commitHash
  fileCount
  createdAt
  updatedAt`
const aliasesOfAll = `aliases { id alias artifactCollection { ${collectionFields} } }`
const membershipFields = `
  id
  versionIndex
  aliases { id alias }
  artifactCollection { ${collectionFields} }
  artifact { ${artifactFields} }`
const runFields = `__typename id name displayName project { ${projectFields} }`

export type ArtifactQueryName =
  | 'runByName'
  | 'fileUrlsWithDigests'
  | 'viewer'
  | 'clientIdMapping'
  | 'artifactById'
  | 'membershipByName'
  | 'manifest'
  | 'fileUrls'
  | 'filesByName'
  | 'updateArtifact'
  | 'addAliases'
  | 'deleteAliases'
  | 'deleteArtifact'
  | 'linkArtifact'
  | 'unlinkArtifact'
  | 'collectionByName'
  | 'useArtifact'
  | 'createdBy'
  | 'usedBy'
  | 'memberships'
  | 'organization'

/** A question to the server: the name of its operation, and the document. */
export interface ArtifactQuery {
  readonly operationName: string
  readonly document: string
}

function query(operationName: string, variables: string, selection: string): ArtifactQuery {
  return { operationName, document: `query ${operationName}(${variables}) { ${selection} }` }
}

function mutation(operationName: string, variables: string, selection: string): ArtifactQuery {
  return { operationName, document: `mutation ${operationName}(${variables}) { ${selection} }` }
}

const fileUrlVariables =
  '$entity: String!, $project: String!, $collection: String!, $alias: String!, $cursor: String, $perPage: Int'

function toFileUrls(moreFields: string): string {
  return `project(name: $project, entityName: $entity) {
    id
    artifactCollection(name: $collection) {
      __typename
      id
      artifactMembership(aliasName: $alias) {
        id
        files(after: $cursor, first: $perPage) {
          ${pageInfo}
          edges { node { __typename id name directUrl ${moreFields} } }
        }
      }
    }
  }`
}

/** All questions about artifacts. */
export const artifactQueries: Readonly<Record<ArtifactQueryName, ArtifactQuery>> = {
  viewer: { operationName: 'Viewer', document: 'query Viewer { viewer { id entity } }' },
  clientIdMapping: query('ClientIDMapping', '$clientID: ID!', 'clientIDMapping(clientID: $clientID) { serverID }'),
  artifactById: query('ArtifactByID', '$id: ID!', `artifact(id: $id) { ${artifactFields} ${aliasesOfAll} }`),
  membershipByName: query(
    'ArtifactMembershipByName',
    '$entity: String!, $project: String!, $name: String!',
    `project(name: $project, entityName: $entity) {
      id
      artifactCollectionMembership(name: $name) { ${membershipFields} }
    }`,
  ),
  runByName: query(
    'RunByName',
    '$entity: String!, $project: String!, $name: String!',
    'project(name: $project, entityName: $entity) { id run(name: $name) { id } }',
  ),
  manifest: query(
    'FetchArtifactManifest',
    '$id: ID!',
    'artifact(id: $id) { id currentManifest { id file { id directUrl } } }',
  ),
  fileUrls: query('GetArtifactMembershipFileUrls', fileUrlVariables, toFileUrls('')),
  // Only of our own servers: others do not have the field.
  fileUrlsWithDigests: query('GetArtifactMembershipFileUrls', fileUrlVariables, toFileUrls('sha256')),
  filesByName: query(
    'ArtifactMembershipFiles',
    '$entity: String!, $project: String!, $collection: String!, $alias: String!, $names: [String!], $cursor: String, $perPage: Int',
    `project(name: $project, entityName: $entity) {
      id
      artifactCollection(name: $collection) {
        __typename
        id
        artifactMembership(aliasName: $alias) {
          id
          files(names: $names, after: $cursor, first: $perPage) {
            ${pageInfo}
            edges { node { __typename id name: displayName sizeBytes digest mimetype updatedAt directUrl } }
          }
        }
      }
    }`,
  ),
  updateArtifact: mutation(
    'UpdateArtifact',
    '$input: UpdateArtifactInput!',
    `result: updateArtifact(input: $input) { artifact { ${artifactFields} ${aliasesOfAll} } }`,
  ),
  addAliases: mutation('AddAliases', '$input: AddAliasesInput!', 'result: addAliases(input: $input) { success }'),
  deleteAliases: mutation(
    'DeleteAliases',
    '$input: DeleteAliasesInput!',
    'result: deleteAliases(input: $input) { success }',
  ),
  deleteArtifact: mutation(
    'DeleteArtifact',
    '$input: DeleteArtifactInput!',
    'result: deleteArtifact(input: $input) { artifact { id } }',
  ),
  linkArtifact: mutation(
    'LinkArtifact',
    '$input: LinkArtifactInput!',
    'result: linkArtifact(input: $input) { versionIndex }',
  ),
  unlinkArtifact: mutation(
    'UnlinkArtifact',
    '$input: UnlinkArtifactInput!',
    'result: unlinkArtifact(input: $input) { success }',
  ),
  collectionByName: query(
    'ProjectArtifactCollection',
    '$entity: String!, $project: String!, $type: String!, $name: String!',
    `project(name: $project, entityName: $entity) {
      id
      artifactType(name: $type) { id artifactCollection(name: $name) { __typename id name } }
    }`,
  ),
  useArtifact: mutation(
    'UseArtifact',
    '$input: UseArtifactInput!',
    'useArtifact(input: $input) { artifact { id digest description state createdAt metadata } }',
  ),
  createdBy: query(
    'ArtifactCreatedBy',
    '$id: ID!',
    `artifact(id: $id) { id createdBy { __typename ... on Run { ${runFields} } ... on User { id } } }`,
  ),
  usedBy: query('ArtifactUsedBy', '$id: ID!', `artifact(id: $id) { id usedBy { edges { node { ${runFields} } } } }`),
  memberships: query(
    'FetchLinkedArtifacts',
    '$artifactID: ID!',
    `artifact(id: $artifactID) { id artifactMemberships { edges { node { ${membershipFields} } } } }`,
  ),
  organization: query(
    'FetchOrgEntityFromEntity',
    '$entityName: String!',
    'entity(name: $entityName) { organization { name orgEntity { name } } }',
  ),
}

/** What is asked of each version in a list. */
export const listedVersionFields: string = `${artifactFields} ${aliasesOfAll}`
