// Made from /api/openapi.json by `npm run api-types`; a test compares the two. Not to be edited.

/** Parameters of a query string that are undefined are left out; a list stands for the same parameter several times. */
export type QueryValue = string | number | boolean | readonly string[] | undefined

/** Nothing may be given here. */
export type NoParameters = { readonly [name: string]: never }

export type Json = ((null | boolean | number | string) | readonly Json[] | { readonly [key: string]: Json })

export type SignInRequest = {
  readonly apiKey: string
}

export type SessionResponse = {
  readonly mode: ("open" | "keys")
  /** Absent: whoever asks is nobody here */
  readonly user?: {
    readonly name: string
    readonly isAdmin: boolean
    /** False: signed in with a key to read */
    readonly mayWrite: boolean
  }
  /** Of somebody who has followed a link: what it lets them look at */
  readonly sharedKind?: ("project" | "run" | "artifact")
}

export type PutUserRequest = {
  /** A key that the user has from elsewhere. Default: a new user gets one made here */
  readonly apiKey?: string
  readonly admin?: boolean
  readonly email?: string
}

export type AddKeyRequest = {
  readonly description?: string
  /** read: the key lets programs look, and changes nothing */
  readonly scope?: ("read" | "write")
}

export type PutMemberRequest = {
  readonly role?: ("admin" | "member" | "reader")
}

export type CollectGarbageRequest = {
  /** False: only say what would go */
  readonly apply?: boolean
  /** Contents younger than this stay. Default: an hour */
  readonly graceMs?: number
}

export type AccountResponse = {
  readonly name: string
  readonly email: string
  readonly isAdmin: boolean
  readonly keys: readonly {
    readonly id: number
    readonly prefix: string
    readonly description: string
    readonly scope: ("read" | "write")
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** To the minute; null: never, or only before this was kept */
    readonly lastUsedAtMs: (number | null)
  }[]
  readonly teams: readonly {
    readonly team: string
    readonly role: ("admin" | "member" | "reader")
  }[]
}

export type EntityResponse = {
  readonly entity: string
  readonly kind: ("user" | "team")
  /** Whether the asker may make projects in it */
  readonly mayWrite: boolean
  /** Whether the asker may say who belongs to it */
  readonly mayAdmin: boolean
  /** Of a team, by name */
  readonly members: readonly MemberResponse[]
  /** Places for people without an account; told to those alone who may admin */
  readonly invites: readonly {
    readonly email: string
    readonly role: ("admin" | "member" | "reader")
  }[]
}

export type MemberResponse = {
  readonly name: string
  readonly role: ("admin" | "member" | "reader")
  readonly isService: boolean
}

export type UsersResponse = {
  readonly users: readonly {
    readonly name: string
    readonly admin: boolean
    readonly email: string
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly keys: readonly {
      readonly id: number
      readonly prefix: string
      readonly description: string
      readonly scope: ("read" | "write")
      /** Milliseconds since 1970, UTC */
      readonly createdAtMs: number
      /** To the minute; null: never, or only before this was kept */
      readonly lastUsedAtMs: (number | null)
    }[]
    readonly teams: readonly {
      readonly team: string
      readonly role: ("admin" | "member" | "reader")
    }[]
  }[]
}

export type UserResponse = {
  readonly name: string
  readonly admin: boolean
  readonly email: string
  /** Milliseconds since 1970, UTC */
  readonly createdAtMs: number
  readonly keys: readonly {
    readonly id: number
    readonly prefix: string
    readonly description: string
    readonly scope: ("read" | "write")
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** To the minute; null: never, or only before this was kept */
    readonly lastUsedAtMs: (number | null)
  }[]
  readonly teams: readonly {
    readonly team: string
    readonly role: ("admin" | "member" | "reader")
  }[]
  /** The whole key; it is told this once */
  readonly apiKey?: string
}

export type NewKeyResponse = {
  readonly id: number
  readonly prefix: string
  readonly description: string
  readonly scope: ("read" | "write")
  /** Milliseconds since 1970, UTC */
  readonly createdAtMs: number
  /** To the minute; null: never, or only before this was kept */
  readonly lastUsedAtMs: (number | null)
  /** The whole key; it is told this once */
  readonly apiKey: string
}

export type TeamsResponse = {
  readonly teams: readonly TeamResponse[]
}

export type TeamResponse = {
  readonly name: string
  /** Milliseconds since 1970, UTC */
  readonly createdAtMs: number
  readonly members: readonly MemberResponse[]
}

export type GarbageResponse = {
  readonly isApplied: boolean
  readonly contentCount: number
  readonly sizeBytes: number
  readonly expiredVersionCount: number
  readonly abandonedVersionCount: number
  readonly leftovers: {
    readonly count: number
    readonly sizeBytes: number
  }
  readonly removedRunCount: number
  readonly forgottenRunCount: number
}

export type ArtifactTypesResponse = {
  readonly types: readonly {
    readonly name: string
    readonly collections: readonly {
      readonly name: string
      readonly kind: ("sequence" | "portfolio")
      readonly description: string
      readonly tags: readonly string[]
      readonly versionCount: number
      /** Milliseconds since 1970, UTC */
      readonly updatedAtMs: number
      readonly newest?: {
        readonly id: number
        readonly entity: string
        readonly project: string
        readonly type: string
        readonly collection: string
        /** Such as v3 */
        readonly version: string
        readonly aliases: readonly string[]
        readonly tags: readonly string[]
        readonly digest: string
        readonly sizeBytes: number
        readonly fileCount: number
        /** Milliseconds since 1970, UTC */
        readonly createdAtMs: number
        readonly createdBy?: {
          readonly entity: string
          readonly project: string
          readonly runId: string
          readonly displayName: string
          readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
          readonly number: number
          readonly color: RunColor
          readonly jobType: string
        }
      }
    }[]
  }[]
}

export type VersionsQuery = {
  readonly offset?: number
  readonly limit?: number
}

export type ArtifactVersionsResponse = {
  readonly collection: {
    readonly name: string
    readonly kind: ("sequence" | "portfolio")
    readonly description: string
    readonly tags: readonly string[]
    readonly versionCount: number
    /** Milliseconds since 1970, UTC */
    readonly updatedAtMs: number
    readonly newest?: {
      readonly id: number
      readonly entity: string
      readonly project: string
      readonly type: string
      readonly collection: string
      /** Such as v3 */
      readonly version: string
      readonly aliases: readonly string[]
      readonly tags: readonly string[]
      readonly digest: string
      readonly sizeBytes: number
      readonly fileCount: number
      /** Milliseconds since 1970, UTC */
      readonly createdAtMs: number
      readonly createdBy?: {
        readonly entity: string
        readonly project: string
        readonly runId: string
        readonly displayName: string
        readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
        readonly number: number
        readonly color: RunColor
        readonly jobType: string
      }
    }
  }
  readonly type: string
  readonly versions: readonly {
    readonly id: number
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly collection: string
    /** Such as v3 */
    readonly version: string
    readonly aliases: readonly string[]
    readonly tags: readonly string[]
    readonly digest: string
    readonly sizeBytes: number
    readonly fileCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly createdBy?: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
  }[]
  readonly total: number
}

export type ArtifactVersionResponse = {
  readonly version: {
    readonly id: number
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly collection: string
    /** Such as v3 */
    readonly version: string
    readonly aliases: readonly string[]
    readonly tags: readonly string[]
    readonly digest: string
    readonly sizeBytes: number
    readonly fileCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly createdBy?: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
    readonly description: string
    readonly metadata: { readonly [key: string]: Json }
    readonly usedBy: readonly {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }[]
    readonly links: readonly {
      readonly entity: string
      readonly project: string
      readonly type: string
      readonly collection: string
      readonly version: string
    }[]
    /** From its making on; -2: kept for ever; null: none is set */
    readonly ttlSeconds: (number | null)
  }
}

export type ArtifactChange = {
  /** The collection whose aliases are meant; default: the one where the version was made */
  readonly in?: {
    readonly entity: string
    readonly project: string
    readonly collection: string
  }
  readonly description?: string
  readonly addTags?: readonly string[]
  readonly removeTags?: readonly string[]
  /** A name that points to another version moves */
  readonly addAliases?: readonly string[]
  readonly removeAliases?: readonly string[]
  /** From its making on; -2: kept for ever; -1: none */
  readonly ttlSeconds?: number
}

export type ArtifactChangedResponse = {
  readonly version: {
    readonly id: number
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly collection: string
    /** Such as v3 */
    readonly version: string
    readonly aliases: readonly string[]
    readonly tags: readonly string[]
    readonly digest: string
    readonly sizeBytes: number
    readonly fileCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly createdBy?: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
    readonly description: string
    readonly metadata: { readonly [key: string]: Json }
    readonly usedBy: readonly {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }[]
    readonly links: readonly {
      readonly entity: string
      readonly project: string
      readonly type: string
      readonly collection: string
      readonly version: string
    }[]
    /** From its making on; -2: kept for ever; null: none is set */
    readonly ttlSeconds: (number | null)
  }
  readonly moved: readonly {
    readonly alias: string
    readonly from: {
      readonly id: number
      readonly version: string
    }
  }[]
}

export type DeleteArtifactRequest = {
  /** Such as digits:v3; needed where runs or collections use it */
  readonly confirm?: string
}

export type DeleteCollectionRequest = {
  /** The name of the collection */
  readonly confirm: string
}

export type ArtifactUsersResponse = {
  readonly runs: readonly {
    readonly entity: string
    readonly project: string
    readonly runId: string
    readonly displayName: string
    readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
    readonly number: number
    readonly color: RunColor
    readonly jobType: string
  }[]
}

export type AliasChangesQuery = {
  /** Only changes with smaller ids */
  readonly before?: number
  readonly limit?: number
}

export type AliasChangesResponse = {
  readonly changes: readonly {
    readonly id: number
    readonly alias: string
    readonly from: (string | null)
    readonly to: (string | null)
    /** Milliseconds since 1970, UTC */
    readonly atMs: number
  }[]
}

export type VersionSearch = {
  readonly search: string
  /** `next` of the part before */
  readonly after?: string
  readonly limit?: number
}

export type ArtifactSearchResponse = {
  readonly versions: readonly {
    readonly id: number
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly collection: string
    /** Such as v3 */
    readonly version: string
    readonly aliases: readonly string[]
    readonly tags: readonly string[]
    readonly digest: string
    readonly sizeBytes: number
    readonly fileCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly createdBy?: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
  }[]
  readonly next?: string
}

export type ArtifactFilesQuery = {
  /** Only files behind this path */
  readonly after?: string
  readonly limit?: number
}

export type ArtifactFilesResponse = {
  readonly files: readonly {
    readonly path: string
    readonly sizeBytes?: number
    readonly digest: string
    readonly url?: string
    /** Where the bytes are if they are not here */
    readonly reference?: string
  }[]
  readonly hasMore: boolean
}

export type ArtifactFileQuery = {
  readonly path: string
  readonly frame?: Frame
  readonly height?: ThumbnailHeight
}

export type RunArtifactsResponse = {
  readonly inputs: readonly {
    readonly id: number
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly collection: string
    /** Such as v3 */
    readonly version: string
    readonly aliases: readonly string[]
    readonly tags: readonly string[]
    readonly digest: string
    readonly sizeBytes: number
    readonly fileCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly createdBy?: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
  }[]
  readonly outputs: readonly {
    readonly id: number
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly collection: string
    /** Such as v3 */
    readonly version: string
    readonly aliases: readonly string[]
    readonly tags: readonly string[]
    readonly digest: string
    readonly sizeBytes: number
    readonly fileCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly createdBy?: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
  }[]
}

export type LineageQuery = {
  readonly depth?: number
  readonly direction?: ("upstream" | "downstream" | "both")
}

export type LineageResponse = {
  readonly focus: string
  readonly nodes: readonly ({
    readonly id: string
    readonly kind: "run"
    readonly run: {
      readonly entity: string
      readonly project: string
      readonly runId: string
      readonly displayName: string
      readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
      readonly number: number
      readonly color: RunColor
      readonly jobType: string
    }
  } | {
    readonly id: string
    readonly kind: "artifact"
    readonly version: {
      readonly id: number
      readonly entity: string
      readonly project: string
      readonly type: string
      readonly collection: string
      /** Such as v3 */
      readonly version: string
      readonly aliases: readonly string[]
      readonly tags: readonly string[]
      readonly digest: string
      readonly sizeBytes: number
      readonly fileCount: number
      /** Milliseconds since 1970, UTC */
      readonly createdAtMs: number
      readonly createdBy?: {
        readonly entity: string
        readonly project: string
        readonly runId: string
        readonly displayName: string
        readonly state: ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")
        readonly number: number
        readonly color: RunColor
        readonly jobType: string
      }
    }
  })[]
  readonly edges: readonly {
    readonly from: string
    readonly to: string
  }[]
  readonly automaticCount: number
  readonly omittedCount: number
  readonly hasMore: boolean
}

export type LogsQuery = {
  readonly from?: number
  readonly limit?: number
}

export type LogsResponse = {
  readonly lineCount: number
  readonly lines: readonly {
    readonly number: number
    readonly timestamp: (string | null)
    /** error: written to stderr */
    readonly level: ("error" | "info")
    readonly label?: string
    readonly text: string
    /** Where the pattern is that was searched for, in the line without its colours: start and end */
    readonly hits?: readonly (readonly [number, number])[]
  }[]
}

export type LogSearchQuery = {
  readonly from?: number
  readonly limit?: number
  /** Any part of the first 100,000 characters of a line without its colours, in any case */
  readonly text?: string
  /** The text is a pattern of RE2's syntax, in any case */
  readonly isPattern?: string
  readonly stream?: ("stdout" | "stderr")
  /** Only lines that name this level; problem: a warning, an error or worse */
  readonly names?: ("debug" | "info" | "warning" | "error" | "problem")
  /** Only of this writer */
  readonly label?: string
}

export type LogSearchResponse = {
  readonly lines: readonly {
    readonly number: number
    readonly timestamp: (string | null)
    /** error: written to stderr */
    readonly level: ("error" | "info")
    readonly label?: string
    readonly text: string
    /** Where the pattern is that was searched for, in the line without its colours: start and end */
    readonly hits?: readonly (readonly [number, number])[]
  }[]
  /** Where another search goes on; null at the end of what is there */
  readonly nextFrom: (number | null)
  readonly lineCount: number
}

export type LogTextQuery = {
  /** Each line begins with its time, ISO 8601 */
  readonly timestamps?: string
}

export type RunMarksRequest = {
  readonly runIds: readonly string[]
  readonly x: SeriesX
}

export type RunMarksResponse = {
  readonly runs: readonly {
    readonly runId: string
    readonly marks: readonly ({
      readonly kind: "resumed"
      readonly atMs: (number | null)
      /** The last step before */
      readonly step: (number | null)
      /** On the axis that was asked for; null: nowhere */
      readonly x: (number | null)
    } | {
      readonly kind: "forked"
      readonly fromRunId: string
      readonly atMs: (number | null)
      /** The last step before */
      readonly step: (number | null)
      /** On the axis that was asked for; null: nowhere */
      readonly x: (number | null)
    } | {
      readonly kind: "ended"
      readonly state: RunState
      readonly cause: string
      readonly atMs: (number | null)
      /** The last step before */
      readonly step: (number | null)
      /** On the axis that was asked for; null: nowhere */
      readonly x: (number | null)
    } | {
      readonly kind: "artifact"
      readonly artifactId: number
      readonly type: string
      readonly collection: string
      readonly version: string
      /** But for latest */
      readonly aliases: readonly string[]
      readonly atMs: (number | null)
      /** The last step before */
      readonly step: (number | null)
      /** On the axis that was asked for; null: nowhere */
      readonly x: (number | null)
    } | {
      readonly kind: "alert"
      readonly level: ("info" | "warn" | "error")
      readonly title: string
      readonly text: string
      readonly atMs: (number | null)
      /** The last step before */
      readonly step: (number | null)
      /** On the axis that was asked for; null: nowhere */
      readonly x: (number | null)
    })[]
    /** Earlier ones that are not told */
    readonly omittedCount: number
  }[]
}

export type BestPointsRequest = {
  readonly runIds: readonly string[]
  /** Key path text of a numeric metric */
  readonly key: string
  readonly stream?: ("history" | "events")
  readonly goal: ("minimize" | "maximize")
  readonly x: SeriesX
}

export type BestPointsResponse = {
  /** In the order of the runs that were asked for */
  readonly points: readonly ({
    readonly step: number
    readonly value: number
    /** On the axis that was asked for; null: nowhere */
    readonly x: (number | null)
  } | null)[]
}

export type MetricNoteQuery = {
  /** Key path text: labels joined with ".", a literal dot written "\." */
  readonly metric: string
}

export type MetricNoteResponse = {
  readonly metric: string
  /** What people of the project said; it holds before what runs say */
  readonly own: {
    /** null: nothing */
    readonly description: (string | null)
    /** null: nothing */
    readonly unit: (string | null)
    /** null: nothing */
    readonly goal: (("minimize" | "maximize" | "none") | null)
    readonly said: ({
      readonly username: string
      readonly atMs: number
    } | null)
  }
  /** What runs say with define_metric */
  readonly ofRuns: {
    readonly description: string
    readonly unit: string
    readonly goal: (("minimize" | "maximize") | null)
  }
}

export type MetricNoteEdit = {
  /** Key path text: labels joined with ".", a literal dot written "\." */
  readonly metric: string
  /** null takes back what was said */
  readonly description?: (string | null)
  /** null takes back what was said */
  readonly unit?: (string | null)
  /** null takes back what was said; none: neither low nor high values are good */
  readonly goal?: (("minimize" | "maximize" | "none") | null)
}

export type MediaKeysQuery = {
  /** A metric by whose values steps may be chosen */
  readonly axis?: string
}

export type MediaKeysResponse = {
  /** Metrics that were logged together with the newest values */
  readonly axes: readonly string[]
  readonly keys: readonly {
    /** Labels joined with ".", a literal dot written "\." */
    readonly key: string
    readonly kind: ("image" | "audio" | "video" | "html" | "histogram" | "table" | "text" | "file")
    readonly typeName: string
    readonly steps: readonly number[]
    /** Of a text whose steps are only some of them, evenly chosen */
    readonly stepCount?: number
    readonly axis?: {
      readonly key: string
      /** At each of the steps */
      readonly values: readonly (number | null)[]
    }
  }[]
}

export type MediaValueQuery = {
  /** Labels joined with ".", a literal dot written "\." */
  readonly key: string
  /** The value at this step, else before it. Default: newest */
  readonly step?: number
}

export type ShownImage = {
  /** Relative to the server */
  readonly url: string
  readonly name: string
  readonly caption?: string
  readonly width?: number
  readonly height?: number
  readonly boxes?: readonly {
    readonly name: string
    readonly boxes: readonly {
      /** Fraction of the width of the picture; the others alike */
      readonly left: number
      readonly top: number
      readonly width: number
      readonly height: number
      readonly classId: number
      readonly label: string
      readonly scores?: { readonly [key: string]: number }
    }[]
  }[]
  readonly masks?: readonly {
    readonly name: string
    /** Relative to the server */
    readonly url: string
    readonly labels: { readonly [key: string]: string }
  }[]
}

export type ImageCell = {
  /** Relative to the server */
  readonly url: string
  readonly name: string
  readonly caption?: string
  readonly width?: number
  readonly height?: number
  readonly boxes?: readonly {
    readonly name: string
    readonly boxes: readonly {
      /** Fraction of the width of the picture; the others alike */
      readonly left: number
      readonly top: number
      readonly width: number
      readonly height: number
      readonly classId: number
      readonly label: string
      readonly scores?: { readonly [key: string]: number }
    }[]
  }[]
  readonly masks?: readonly {
    readonly name: string
    /** Relative to the server */
    readonly url: string
    readonly labels: { readonly [key: string]: string }
  }[]
  readonly kind: "image"
}

export type FileCell = {
  /** Relative to the server */
  readonly url: string
  readonly name: string
  readonly caption?: string
  readonly kind: ("audio" | "video" | "html" | "file")
}

export type MediaValueResponse = {
  /** Labels joined with ".", a literal dot written "\." */
  readonly key: string
  readonly step: number
  readonly value: ({
    readonly kind: "image"
    readonly items: readonly ShownImage[]
  } | {
    readonly kind: ("audio" | "video" | "html" | "file")
    readonly items: readonly {
      /** Relative to the server */
      readonly url: string
      readonly name: string
      readonly caption?: string
    }[]
  } | {
    readonly kind: "histogram"
    readonly counts: readonly number[]
    readonly edges: readonly number[]
  } | {
    readonly kind: "table"
    readonly rowCount: number
    readonly columnCount: number
  } | {
    readonly kind: "text"
    /** At most its first 262,144 characters */
    readonly text: string
    /** Of the whole text */
    readonly length: number
  })
}

export type HistogramsQuery = {
  /** Labels joined with ".", a literal dot written "\." */
  readonly key: string
}

export type HistogramsResponse = {
  /** Labels joined with ".", a literal dot written "\." */
  readonly key: string
  readonly steps: readonly number[]
  /** Of the bins, the same for all steps */
  readonly edges: readonly number[]
  /** For each step the count of each bin */
  readonly counts: readonly (readonly number[])[]
}

export type RowsRequest = {
  /** Rows that lack one are left out */
  readonly keys: readonly string[]
  /** At most so many rows, evenly chosen */
  readonly count?: number
}

export type RowsResponse = {
  /** Values in the order of the keys */
  readonly rows: readonly (readonly Json[])[]
}

export type CustomChartDefinition = {
  readonly entity: string
  readonly name: string
  readonly displayName: string
  /** Vega or Vega-Lite, JSON text as it was stored */
  readonly spec: string
}

export type CustomChartsResponse = {
  readonly charts: readonly {
    readonly key: string
    /** Such as wandb/confusion_matrix/v1 */
    readonly preset: string
    /** For each field of the preset the column of the table */
    readonly fields: { readonly [key: string]: string }
    readonly texts: { readonly [key: string]: string }
    readonly tableKey?: string
  }[]
}

export type RunContentsRequest = {
  readonly runIds: readonly string[]
}

export type RunContentsResponse = {
  readonly media: readonly {
    readonly key: string
    readonly kind: ("image" | "audio" | "video" | "html" | "histogram" | "table" | "text" | "file")
    readonly runIds: readonly string[]
  }[]
  /** As the first run that has one describes it */
  readonly charts: readonly {
    readonly key: string
    /** Such as wandb/confusion_matrix/v1 */
    readonly preset: string
    /** For each field of the preset the column of the table */
    readonly fields: { readonly [key: string]: string }
    readonly texts: { readonly [key: string]: string }
    readonly tableKey?: string
    readonly runCount: number
  }[]
}

export type RunFilesResponse = {
  readonly files: readonly {
    readonly name: string
    readonly sizeBytes: number
    readonly md5: string
    readonly updatedAtMs: number
    /** Relative to the server */
    readonly url: string
  }[]
}

/** Shows an HTML file, sandboxed */
export type Frame = string

/** A PNG or JPEG that is at least twice as high is sent as a PNG of so many pixels */
export type ThumbnailHeight = ("128" | "256" | "512")

export type RunFileQuery = {
  readonly name: string
  readonly frame?: Frame
  readonly height?: ThumbnailHeight
}

export type RunsQueryRequest = {
  /** In the words of W&B's Api.runs */
  readonly filter?: { readonly [key: string]: Json }
  /** Part of display name, run id, notes or a tag */
  readonly search?: string
  /** Missing values come last either way. Default: newest first */
  readonly sort?: readonly {
    /** As other keys, or metric.max:val/acc for what a metric comes to: min, max, mean, first or last */
    readonly key: string
    readonly isDescending: boolean
  }[]
  /** Keys whose values come with each run; of at most 150 different metrics */
  readonly columns?: readonly string[]
  readonly offset?: number
  /** Default 200 */
  readonly limit?: number
}

export type RunsQueryResponse = {
  readonly total: number
  readonly runs: readonly (RunSummary & {
    /** Of the columns, in their order; null: missing */
    readonly values: readonly Json[]
  })[]
}

export type RunNeighboursRequest = {
  /** In the words of W&B's Api.runs */
  readonly filter?: { readonly [key: string]: Json }
  /** Part of display name, run id, notes or a tag */
  readonly search?: string
  readonly runId: string
  /** Missing values come last either way. Default: newest first */
  readonly sort?: readonly {
    /** As other keys, or metric.max:val/acc for what a metric comes to: min, max, mean, first or last */
    readonly key: string
    readonly isDescending: boolean
  }[]
}

export type RunNeighboursResponse = {
  /** Null: the run is not in the list */
  readonly place: ({
    /** From 0 */
    readonly index: number
    readonly total: number
    /** Null at the beginning */
    readonly previous: (RunSummary | null)
    /** Null at the end */
    readonly next: (RunSummary | null)
  } | null)
}

export type RunGroupsRequest = {
  /** In the words of W&B's Api.runs */
  readonly filter?: { readonly [key: string]: Json }
  /** Part of display name, run id, notes or a tag */
  readonly search?: string
  readonly by: readonly string[]
  /** Keys whose numbers are summed up; also what metrics come to, as in lists */
  readonly columns?: readonly string[]
  /** Keys of which is told how their values are spread */
  readonly spreads?: readonly string[]
  readonly offset?: number
  /** Default 200 */
  readonly limit?: number
}

export type RunGroupsResponse = {
  readonly total: number
  readonly groups: readonly {
    readonly values: readonly (string | number | boolean | null)[]
    readonly runCount: number
    readonly columns: readonly ({
      readonly count: number
      readonly mean: (number | null)
      readonly standardDeviation: (number | null)
      readonly min: (number | null)
      readonly max: (number | null)
    } | null)[]
    readonly spreads?: readonly ({
      /** Runs in ten equal parts between the least and greatest number of all groups */
      readonly bins: readonly number[]
      readonly topValues: readonly {
        readonly value: (string | boolean)
        readonly runCount: number
      }[]
      /** Different texts and booleans */
      readonly distinctCount: number
    } | null)[]
  }[]
}

export type RunKeysResponse = {
  readonly keys: readonly {
    readonly key: string
    readonly runCount: number
    readonly isVarying: boolean
    readonly kind: ("number" | "text" | "boolean" | "other")
    readonly min: (number | null)
    readonly max: (number | null)
    readonly commonValues: readonly (string | number | boolean)[]
  }[]
  readonly fields: readonly {
    readonly field: ("state" | "user" | "host" | "group" | "jobType" | "sweep" | "tags")
    /** The most frequent first, at most fifty */
    readonly values: readonly {
      readonly value: string
      readonly runCount: number
    }[]
  }[]
  /** So many runs were looked at, the newest */
  readonly runCount: number
}

export type RunEdit = {
  readonly displayName?: string
  readonly notes?: string
  readonly tags?: readonly string[]
  readonly group?: string
  readonly jobType?: string
  /** #rrggbb, hue-1 to hue-8, or empty: as its number says */
  readonly color?: string
}

export type RunEditsRequest = {
  readonly edits: readonly {
    readonly runId: string
    readonly displayName?: string
    readonly notes?: string
    readonly tags?: readonly string[]
    readonly group?: string
    readonly jobType?: string
    /** #rrggbb, hue-1 to hue-8, or empty: as its number says */
    readonly color?: string
  }[]
}

export type RunsDeletionRequest = {
  readonly of: ({
    readonly runIds: readonly string[]
  } | {
    /** In the words of W&B's Api.runs */
    readonly filter?: { readonly [key: string]: Json }
    /** Part of display name, run id, notes or a tag */
    readonly search?: string
  })
}

export type RunsDeletionResponse = {
  readonly runCount: number
  /** Versions that the runs made, those aside that clients log by themselves */
  readonly artifactCount: number
  /** Of those, how many other runs use */
  readonly usedArtifactCount: number
}

export type RunsChangeRequest = {
  readonly of: ({
    readonly runIds: readonly string[]
  } | {
    /** In the words of W&B's Api.runs */
    readonly filter?: { readonly [key: string]: Json }
    /** Part of display name, run id, notes or a tag */
    readonly search?: string
  })
  readonly addTags?: readonly string[]
  readonly removeTags?: readonly string[]
  readonly group?: string
  readonly jobType?: string
  /** #rrggbb, hue-1 to hue-8, or empty: as its number says */
  readonly color?: string
  /** restore takes run ids */
  readonly action?: ("stop" | "trash" | "restore")
}

export type RunsChangedResponse = {
  readonly runIds: readonly string[]
  /** What the runs had before, of what was edited: as edits they undo the change */
  readonly before: readonly {
    readonly runId: string
    readonly displayName?: string
    readonly notes?: string
    readonly tags?: readonly string[]
    readonly group?: string
    readonly jobType?: string
    /** #rrggbb, hue-1 to hue-8, or empty: as its number says */
    readonly color?: string
  }[]
}

export type RunFiguresRequest = {
  readonly runIds: readonly string[]
  /** Key path text of a numeric metric */
  readonly key: string
  readonly stream?: ("history" | "events")
}

export type RunFiguresResponse = {
  /** In the order of the runs that were asked for; null: the run has no finite value */
  readonly figures: readonly ({
    readonly count: number
    readonly first: number
    readonly last: number
    readonly min: number
    readonly max: number
    readonly mean: number
  } | null)[]
}

export type RunImportanceRequest = {
  /** In the words of W&B's Api.runs */
  readonly filter?: { readonly [key: string]: Json }
  /** Part of display name, run id, notes or a tag */
  readonly search?: string
  /** Such as config.lr, summary.val/loss or run.created */
  readonly outcome: string
  /** Keys that may explain it. Default: those of the config */
  readonly keys?: readonly string[]
}

export type RunImportanceResponse = {
  /** Runs with a number for the outcome */
  readonly runCount: number
  /** With fewer runs nothing is said */
  readonly runCountMin: number
  /** The most important first; empty with too few runs */
  readonly parameters: readonly {
    readonly key: string
    /** Share of all: permutation importance in a random forest with a fixed seed */
    readonly importance: number
    /** Spearman's rank correlation; null for texts */
    readonly correlation: (number | null)
  }[]
}

export type RunState = ("pending" | "running" | "finished" | "failed" | "crashed" | "killed" | "preempting" | "preempted")

export type StatusResponse = {
  readonly version: string
  readonly mode: ("open" | "keys")
  /** Milliseconds since 1970, UTC */
  readonly timeMs: number
  readonly runCount: number
  readonly dataDirectory?: string
  /** Other machines reach it, and it asks nobody who they are */
  readonly isExposed: boolean
}

export type ProjectSummary = {
  readonly entity: string
  readonly project: string
  readonly runCount: number
  readonly runningCount: number
  /** Milliseconds since 1970, UTC */
  readonly createdAtMs: number
  /** Milliseconds since 1970, UTC */
  readonly updatedAtMs: number
  /** It holds the sample, or a part of it */
  readonly isSample: boolean
  readonly tags: readonly string[]
}

export type ProjectsResponse = {
  readonly projects: readonly ProjectSummary[]
}

export type Refusal = {
  readonly kind: ("wrong-key" | "no-key" | "not-allowed" | "unknown-request" | "blocked-host")
  /** The program, where it is one that is known */
  readonly client: (string | null)
  /** Of a blocked host: the name under which it was asked for */
  readonly host: (string | null)
  readonly count: number
  /** Milliseconds since 1970, UTC */
  readonly lastAtMs: number
}

export type RefusalsResponse = {
  readonly refusals: readonly Refusal[]
}

export type SampleResponse = {
  /** Whether there is a sample, and you may load and remove it here */
  readonly isAvailable: boolean
  /** incomplete: POST goes on with it */
  readonly state: ("absent" | "loading" | "incomplete" | "loaded")
  readonly project: (string | null)
  readonly loadedRunCount: number
  readonly runCount: number
  /** Runs that somebody else has logged into it */
  readonly otherRunCount: number
  /** Why loading has ended too early */
  readonly problem: (string | null)
}

export type ProjectResponse = {
  readonly project: {
    readonly entity: string
    readonly project: string
    readonly runCount: number
    readonly runningCount: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly updatedAtMs: number
    /** It holds the sample, or a part of it */
    readonly isSample: boolean
    readonly tags: readonly string[]
    readonly description: string
    /** What everybody with an account may do in it, beside those to whom its entity belongs */
    readonly access: ("private" | "read" | "write")
    /** Whether the asker may change it */
    readonly mayWrite: boolean
    /** Names of versions that only admins give, move and take away */
    readonly protectedAliases: readonly string[]
    /** Whether the asker is an admin of its entity; without accounts everybody is */
    readonly mayAdminister: boolean
  }
}

export type ChangeProjectRequest = {
  /** Its new name */
  readonly project?: string
  readonly description?: string
  /** What everybody with an account may do in it, beside those to whom its entity belongs */
  readonly access?: ("private" | "read" | "write")
  /** All of them; blank ones and those that come twice are left out */
  readonly tags?: readonly string[]
  /** All names of versions that only admins of its entity may give, move and take away */
  readonly protectedAliases?: readonly string[]
}

export type DeleteProjectRequest = {
  /** The name of the project */
  readonly confirm: string
}

export type MoveRunsRequest = {
  readonly runIds: readonly string[]
  readonly to: {
    /** Default: the same */
    readonly entity?: string
    readonly project: string
  }
}

export type RunsMovedResponse = {
  readonly runIds: readonly string[]
  readonly entity: string
  readonly project: string
}

/** #rrggbb, hue-1 to hue-8, or empty: as its number says */
export type RunColor = string

export type RunSummary = {
  readonly runId: string
  readonly displayName: string
  readonly state: RunState
  /** Why the run is in this state; may be empty */
  readonly stateCause: string
  /** Creation number in the project, from 1 */
  readonly number: number
  /** Milliseconds since 1970, UTC */
  readonly createdAtMs: number
  /** Milliseconds since 1970, UTC */
  readonly heartbeatAtMs: number
  readonly runtimeSeconds: number
  readonly tags: readonly string[]
  readonly group: string
  readonly jobType: string
  readonly sweepId: string
  readonly host: string
  readonly color: RunColor
  readonly notes: string
  readonly username: string
  readonly lastStep: (number | null)
  readonly revision: number
  readonly historyRevision: number
}

export type RunsQuery = {
  /** Part of display name, run id, notes or a tag */
  readonly search?: string
  readonly offset?: number
  readonly limit?: number
}

export type RunsResponse = {
  readonly runs: readonly RunSummary[]
  readonly total: number
}

export type MetricsQuery = {
  /** Only these runs; may be repeated. Default: all */
  readonly run: readonly string[]
}

export type MetricsResponse = {
  readonly metrics: readonly {
    /** Labels joined with ".", a literal dot written "\." */
    readonly key: string
    readonly kind: ("number" | "other" | "mixed")
    /** history: what was logged. events: system metrics */
    readonly stream: ("history" | "events")
    readonly runCount: number
    readonly pointCount: number
    readonly stepMetric: (string | null)
    readonly isHidden: boolean
    /** As people of the project say, else its runs */
    readonly goal: (("minimize" | "maximize") | null)
    /** The same */
    readonly description: string
    /** The same */
    readonly unit: string
  }[]
}

export type RunResponse = {
  readonly run: {
    readonly runId: string
    readonly displayName: string
    readonly state: RunState
    /** Why the run is in this state; may be empty */
    readonly stateCause: string
    /** Creation number in the project, from 1 */
    readonly number: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly heartbeatAtMs: number
    readonly runtimeSeconds: number
    readonly tags: readonly string[]
    readonly group: string
    readonly jobType: string
    readonly sweepId: string
    readonly host: string
    readonly color: RunColor
    readonly notes: string
    readonly username: string
    readonly lastStep: (number | null)
    readonly revision: number
    readonly historyRevision: number
    readonly entity: string
    readonly project: string
    readonly program: string
    readonly commit: string
    readonly repo: string
    readonly exitCode: (number | null)
    readonly finishedAtMs: (number | null)
    /** Whether somebody has asked its program to end, since it began or was resumed */
    readonly isStopRequested: boolean
    /** How the run came to its state, oldest first */
    readonly stateChanges: readonly {
      /** Milliseconds since 1970, UTC */
      readonly atMs: number
      readonly state: RunState
      readonly cause: string
    }[]
    readonly config: { readonly [key: string]: Json }
    readonly summary: { readonly [key: string]: Json }
    readonly metadata: { readonly [key: string]: Json }
    readonly historyLineCount: number
    readonly logLineCount: number
  }
}

export type AlertsQuery = {
  readonly limit?: number
}

export type AlertsResponse = {
  readonly alerts: readonly {
    readonly id: number
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    readonly level: ("info" | "warn" | "error")
    readonly title: string
    readonly text: string
  }[]
}

export type StopResponse = {
  readonly isStopRequested: boolean
}

export type DeleteRunResponse = {
  readonly isInTrash: boolean
}

export type TrashResponse = {
  readonly runs: readonly {
    readonly runId: string
    readonly displayName: string
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly deletedAtMs: number
  }[]
  readonly sweeps: readonly {
    readonly name: string
    readonly title: string
    /** Milliseconds since 1970, UTC */
    readonly deletedAtMs: number
  }[]
}

export type SeriesX = ({
  readonly kind: "step"
} | {
  readonly kind: "relative"
} | {
  readonly kind: "relative-wall"
} | {
  readonly kind: "wall"
} | {
  readonly kind: "metric"
  readonly key: string
} | {
  readonly kind: "expression"
  readonly expression: string
})

export type SeriesPointsRequest = {
  readonly entity: string
  readonly project: string
  readonly runIds: readonly string[]
  readonly others?: readonly {
    readonly entity: string
    readonly project: string
    readonly runIds: readonly string[]
  }[]
  readonly key?: string
  readonly expression?: string
  readonly join?: ("equal-step" | "last-known")
  /** history: what was logged. events: system metrics */
  readonly stream?: ("history" | "events")
  readonly x: SeriesX
  readonly range?: readonly [number, number]
  readonly format: ("csv" | "json")
}

export type SeriesRequest = {
  readonly entity: string
  readonly project: string
  readonly runIds: readonly string[]
  readonly others?: readonly {
    readonly entity: string
    readonly project: string
    readonly runIds: readonly string[]
  }[]
  readonly groups?: readonly {
    readonly name: string
    readonly runIds: readonly string[]
    readonly of?: {
      readonly entity: string
      readonly project: string
    }
  }[]
  readonly grouping?: {
    readonly statistic: ("mean" | "median" | "min" | "max" | "sum")
    readonly band: ("none" | "min-max" | "quartiles" | "sd" | "standard-error" | "confidence-95")
  }
  readonly key?: string
  readonly expression?: string
  readonly join?: ("equal-step" | "last-known")
  /** history: what was logged. events: system metrics */
  readonly stream?: ("history" | "events")
  readonly x: SeriesX
  readonly range?: readonly [number, number]
  readonly buckets: number
  readonly scale?: ("linear" | "log")
  readonly smoothing?: ({
    readonly kind: "none"
  } | {
    readonly kind: "time-weighted-ema"
    readonly weight: number
    readonly range?: number
  } | {
    readonly kind: "ema"
    readonly weight: number
  } | {
    readonly kind: "gaussian"
    readonly sigma: number
  } | {
    readonly kind: "running-average"
    readonly window: number
  })
  readonly order?: ("x" | "logged")
}

export type SeriesBatchRequest = {
  /** In all at most 8000 runs, those of groups included, and 400000 buckets of lines */
  readonly requests: readonly SeriesRequest[]
}

export type EventsQuery = {
  readonly entity?: string
  readonly project?: string
}

export type ErrorResponse = {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hint?: string
    readonly requestId: string
  }
}

export type SearchQuery = {
  readonly q: string
  readonly limit?: number
}

export type SearchResponse = {
  readonly projects: readonly ProjectSummary[]
  readonly runs: readonly {
    readonly entity: string
    readonly project: string
    readonly runId: string
    readonly displayName: string
    readonly state: RunState
    readonly number: number
  }[]
  readonly artifacts: readonly {
    readonly entity: string
    readonly project: string
    readonly type: string
    readonly name: string
  }[]
}

export type ProjectStorageResponse = {
  readonly runFiles: readonly {
    readonly kind: string
    readonly count: number
    readonly sizeBytes: number
  }[]
  readonly artifacts: readonly {
    readonly kind: string
    readonly count: number
    readonly sizeBytes: number
  }[]
  readonly runCount: number
  readonly historyRowCount: number
  readonly logLineCount: number
}

export type CreateShareLinkRequest = {
  readonly of: ({
    readonly kind: "project"
  } | {
    readonly kind: "run"
    readonly runId: string
  } | {
    readonly kind: "artifact"
    readonly artifactId: number
  })
  /** Where on the page it leads */
  readonly path: string
  /** Default: it does not end by itself */
  readonly expiresAtMs?: number
  /** Asked of whoever follows it. Default: nothing is asked */
  readonly password?: string
}

export type ShareLinksResponse = {
  readonly mode: ("open" | "keys")
  readonly access: ("private" | "read" | "write")
  readonly links: readonly {
    readonly id: number
    readonly kind: ("project" | "run" | "artifact")
    readonly path: string
    readonly username: string
    readonly createdAtMs: number
    readonly expiresAtMs: (number | null)
    /** When it was followed last */
    readonly usedAtMs: (number | null)
    readonly hasPassword: boolean
    readonly hasEnded: boolean
  }[]
}

export type CreatedShareLinkResponse = {
  readonly link: {
    readonly id: number
    readonly kind: ("project" | "run" | "artifact")
    readonly path: string
    readonly username: string
    readonly createdAtMs: number
    readonly expiresAtMs: (number | null)
    /** When it was followed last */
    readonly usedAtMs: (number | null)
    readonly hasPassword: boolean
    readonly hasEnded: boolean
  }
  /** /s/ and a secret that nobody learns again */
  readonly path: string
}

export type CreateSweepRequest = {
  /** YAML */
  readonly config: string
  readonly displayName?: string
}

export type ChangeSweepRequest = {
  readonly displayName?: string
  readonly description?: string
  /** YAML */
  readonly config?: string
  /** canceled asks the runs that go on to stop; the others let them go on */
  readonly state?: ("running" | "paused" | "finished" | "canceled")
}

export type SweepsQuery = {
  /** Missing values come last either way */
  readonly sort?: ("name" | "-name" | "state" | "-state" | "method" | "-method" | "metric" | "-metric" | "runs" | "-runs" | "best" | "-best" | "time" | "-time" | "user" | "-user" | "created" | "-created")
  readonly offset?: number
  readonly limit?: number
}

export type SweepsResponse = {
  readonly total: number
  readonly sweeps: readonly {
    /** By which programs know it */
    readonly name: string
    readonly title: string
    readonly description: string
    readonly state: ("pending" | "running" | "paused" | "finished" | "canceled")
    readonly method: (("bayes" | "random" | "grid" | "custom") | null)
    readonly metric: ({
      readonly name: string
      /** The column of runs that has it */
      readonly key: string
      readonly goal: ("minimize" | "maximize")
    } | null)
    readonly username: string
    readonly createdAtMs: number
    readonly updatedAtMs: number
    readonly runCount: number
    /** Null: it has no end of its own */
    readonly expectedRunCount: (number | null)
    readonly liveCount: number
    readonly failedCount: number
    readonly computeSeconds: number
    /** The run with the best value of the metric in its summary */
    readonly best: ({
      readonly runId: string
      readonly displayName: string
      readonly number: number
      readonly color: RunColor
      readonly value: number
    } | null)
  }[]
}

export type SweepResponse = {
  readonly sweep: {
    /** By which programs know it */
    readonly name: string
    readonly title: string
    readonly description: string
    readonly state: ("pending" | "running" | "paused" | "finished" | "canceled")
    readonly method: (("bayes" | "random" | "grid" | "custom") | null)
    readonly metric: ({
      readonly name: string
      /** The column of runs that has it */
      readonly key: string
      readonly goal: ("minimize" | "maximize")
    } | null)
    readonly username: string
    readonly createdAtMs: number
    readonly updatedAtMs: number
    readonly runCount: number
    /** Null: it has no end of its own */
    readonly expectedRunCount: (number | null)
    readonly liveCount: number
    readonly failedCount: number
    readonly computeSeconds: number
    /** The run with the best value of the metric in its summary */
    readonly best: ({
      readonly runId: string
      readonly displayName: string
      readonly number: number
      readonly color: RunColor
      readonly value: number
    } | null)
    readonly config: string
    readonly warnings: readonly string[]
    /** Why the configuration cannot be read */
    readonly problem: (string | null)
    readonly parameters: readonly {
      readonly name: string
      readonly kind: string
      readonly min?: number
      readonly max?: number
      readonly values?: readonly Json[]
    }[]
    /** The last sign of life of any of its runs */
    readonly lastHeardAtMs: (number | null)
    /** Null: it searches none */
    readonly grid: ({
      readonly pointCount: number
      readonly takenCount: number
    } | null)
    readonly stopsEarly: boolean
    readonly isControllerLocal: boolean
    readonly priorRunIds: readonly string[]
  }
}

export type SweepAgentsResponse = {
  readonly agents: readonly {
    readonly name: string
    /** The machine's name, as the agent says */
    readonly host: string
    readonly username: string
    readonly createdAtMs: number
    /** Its last sign of life */
    readonly heartbeatAtMs: number
    /** Runs that it has had, those of now among them */
    readonly runCount: number
    /** What it has now; a run without a name has not begun */
    readonly current: readonly {
      readonly runId: string
      readonly displayName: (string | null)
    }[]
  }[]
}

export type TableQuery = {
  /** Labels joined with ".", a literal dot written "\." */
  readonly key: string
  /** The table at this step, else before it. Default: newest */
  readonly step?: number
  readonly offset?: number
  readonly limit?: number
  /** A column */
  readonly sort?: string
  readonly descending?: string
  /** Only rows with this text in a cell, any case */
  readonly search?: string
}

export type ArtifactTableQuery = {
  readonly path: string
  readonly offset?: number
  readonly limit?: number
  /** A column */
  readonly sort?: string
  readonly descending?: string
  /** Only rows with this text in a cell, any case */
  readonly search?: string
}

export type ColumnNames = readonly string[]

export type TableSelection = {
  readonly tables: readonly ({
    readonly kind: "run"
    readonly entity: string
    readonly project: string
    readonly runId: string
    /** Labels joined with ".", a literal dot written "\." */
    readonly key: string
    /** The table at this step, else before it. Default: newest */
    readonly step?: number
  } | {
    readonly kind: "run-file"
    readonly entity: string
    readonly project: string
    readonly runId: string
    readonly name: string
  } | {
    readonly kind: "version"
    readonly artifactId: number
    readonly path: string
  })[]
  readonly combine?: ({
    /** Behind each other */
    readonly kind: "concat"
    /** Says of which table a row is */
    readonly column: string
    readonly labels: readonly string[]
  } | {
    /** Side by side */
    readonly kind: "compare"
    readonly key: string
  })
  readonly computed?: readonly {
    readonly name: string
    readonly expression: string
  }[]
  /** Such as score > 0.5 and label in [cat, dog] */
  readonly filter?: string
  /** Only rows with this text in a cell, any case */
  readonly search?: string
  /** Only rows in which tables side by side differ */
  readonly isChangedOnly?: boolean
  readonly sort?: readonly {
    readonly column: string
    readonly isDescending: boolean
  }[]
  readonly group?: readonly string[]
}

export type TableWindowRequest = {
  readonly tables: readonly ({
    readonly kind: "run"
    readonly entity: string
    readonly project: string
    readonly runId: string
    /** Labels joined with ".", a literal dot written "\." */
    readonly key: string
    /** The table at this step, else before it. Default: newest */
    readonly step?: number
  } | {
    readonly kind: "run-file"
    readonly entity: string
    readonly project: string
    readonly runId: string
    readonly name: string
  } | {
    readonly kind: "version"
    readonly artifactId: number
    readonly path: string
  })[]
  readonly combine?: ({
    /** Behind each other */
    readonly kind: "concat"
    /** Says of which table a row is */
    readonly column: string
    readonly labels: readonly string[]
  } | {
    /** Side by side */
    readonly kind: "compare"
    readonly key: string
  })
  readonly computed?: readonly {
    readonly name: string
    readonly expression: string
  }[]
  /** Such as score > 0.5 and label in [cat, dog] */
  readonly filter?: string
  /** Only rows with this text in a cell, any case */
  readonly search?: string
  /** Only rows in which tables side by side differ */
  readonly isChangedOnly?: boolean
  readonly sort?: readonly {
    readonly column: string
    readonly isDescending: boolean
  }[]
  readonly group?: readonly string[]
  readonly offset?: number
  readonly limit?: number
  /** Longer texts are cut */
  readonly textLengthMax?: number
}

export type TableColumnsRequest = {
  readonly tables: readonly ({
    readonly kind: "run"
    readonly entity: string
    readonly project: string
    readonly runId: string
    /** Labels joined with ".", a literal dot written "\." */
    readonly key: string
    /** The table at this step, else before it. Default: newest */
    readonly step?: number
  } | {
    readonly kind: "run-file"
    readonly entity: string
    readonly project: string
    readonly runId: string
    readonly name: string
  } | {
    readonly kind: "version"
    readonly artifactId: number
    readonly path: string
  })[]
  readonly combine?: ({
    /** Behind each other */
    readonly kind: "concat"
    /** Says of which table a row is */
    readonly column: string
    readonly labels: readonly string[]
  } | {
    /** Side by side */
    readonly kind: "compare"
    readonly key: string
  })
  readonly computed?: readonly {
    readonly name: string
    readonly expression: string
  }[]
  /** Such as score > 0.5 and label in [cat, dog] */
  readonly filter?: string
  /** Only rows with this text in a cell, any case */
  readonly search?: string
  /** Only rows in which tables side by side differ */
  readonly isChangedOnly?: boolean
  readonly sort?: readonly {
    readonly column: string
    readonly isDescending: boolean
  }[]
  readonly group?: readonly string[]
  readonly columns?: ColumnNames
  readonly binCount?: number
}

export type TableExportQuery = {
  /** JSON as of /api/tables/rows, without offset and limit */
  readonly selection: string
  /** JSON of a list of names. Default: all */
  readonly columns?: string
  readonly format?: ("csv" | "json")
  /** Of the file, without its ending */
  readonly name?: string
}

export type TableResponse = {
  /** Labels joined with ".", a literal dot written "\." */
  readonly key: string
  readonly step: number
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly source?: number
    readonly base?: string
  }[]
  /** Rows, or groups, that match */
  readonly rowCount: number
  readonly loggedRowCount: number
  readonly rows: readonly {
    readonly index: number
    /** Rows of a group */
    readonly count?: number
    readonly cells: readonly (null | boolean | number | string | {
      readonly kind: "number"
      readonly text: string
    } | {
      readonly kind: "time"
      readonly timeMs: number
    } | {
      readonly kind: "json"
      readonly value: Json
    } | {
      readonly kind: "cut"
      readonly text: string
    } | {
      readonly kind: "group"
      readonly missingCount: number
      readonly numbers?: {
        readonly count: number
        readonly nanCount: number
        readonly infiniteCount: number
        readonly min: (number | null)
        readonly max: (number | null)
        readonly mean: (number | null)
        readonly sd: (number | null)
      }
      readonly histogram?: {
        readonly edges: readonly number[]
        readonly counts: readonly number[]
      }
      readonly values?: {
        readonly distinctCount: number
        readonly top: readonly {
          readonly text: string
          readonly count: number
          readonly image?: ShownImage
        }[]
      }
    } | ImageCell | FileCell)[]
  }[]
}

export type TableRowsResponse = {
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly source?: number
    readonly base?: string
  }[]
  /** Rows, or groups, that match */
  readonly rowCount: number
  readonly loggedRowCount: number
  readonly rows: readonly {
    readonly index: number
    /** Rows of a group */
    readonly count?: number
    readonly cells: readonly (null | boolean | number | string | {
      readonly kind: "number"
      readonly text: string
    } | {
      readonly kind: "time"
      readonly timeMs: number
    } | {
      readonly kind: "json"
      readonly value: Json
    } | {
      readonly kind: "cut"
      readonly text: string
    } | {
      readonly kind: "group"
      readonly missingCount: number
      readonly numbers?: {
        readonly count: number
        readonly nanCount: number
        readonly infiniteCount: number
        readonly min: (number | null)
        readonly max: (number | null)
        readonly mean: (number | null)
        readonly sd: (number | null)
      }
      readonly histogram?: {
        readonly edges: readonly number[]
        readonly counts: readonly number[]
      }
      readonly values?: {
        readonly distinctCount: number
        readonly top: readonly {
          readonly text: string
          readonly count: number
          readonly image?: ShownImage
        }[]
      }
    } | ImageCell | FileCell)[]
  }[]
}

export type TableWindowResponse = {
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly source?: number
    readonly base?: string
  }[]
  /** Rows, or groups, that match */
  readonly rowCount: number
  readonly loggedRowCount: number
  readonly rows: readonly {
    readonly index: number
    /** Rows of a group */
    readonly count?: number
    readonly cells: readonly (null | boolean | number | string | {
      readonly kind: "number"
      readonly text: string
    } | {
      readonly kind: "time"
      readonly timeMs: number
    } | {
      readonly kind: "json"
      readonly value: Json
    } | {
      readonly kind: "cut"
      readonly text: string
    } | {
      readonly kind: "group"
      readonly missingCount: number
      readonly numbers?: {
        readonly count: number
        readonly nanCount: number
        readonly infiniteCount: number
        readonly min: (number | null)
        readonly max: (number | null)
        readonly mean: (number | null)
        readonly sd: (number | null)
      }
      readonly histogram?: {
        readonly edges: readonly number[]
        readonly counts: readonly number[]
      }
      readonly values?: {
        readonly distinctCount: number
        readonly top: readonly {
          readonly text: string
          readonly count: number
          readonly image?: ShownImage
        }[]
      }
    } | ImageCell | FileCell)[]
  }[]
  /** Rows before filters */
  readonly tableRowCount: number
  /** False while the file is still read */
  readonly isComplete: boolean
  readonly steps: readonly (number | null)[]
}

export type TableColumnsResponse = {
  readonly rowCount: number
  readonly columns: readonly {
    readonly name: string
    readonly missingCount: number
    readonly numbers?: {
      readonly count: number
      readonly nanCount: number
      readonly infiniteCount: number
      readonly min: (number | null)
      readonly max: (number | null)
      readonly mean: (number | null)
      readonly sd: (number | null)
    }
    readonly histogram?: {
      readonly edges: readonly number[]
      readonly counts: readonly number[]
    }
    readonly values?: {
      readonly distinctCount: number
      readonly top: readonly {
        readonly text: string
        readonly count: number
        readonly image?: ShownImage
      }[]
    }
    readonly changes?: {
      readonly count: number
      readonly histogram?: {
        readonly edges: readonly number[]
        readonly counts: readonly number[]
      }
    }
  }[]
}

export type ViewsQuery = {
  readonly type?: string
}

export type ViewsResponse = {
  readonly views: readonly {
    readonly id: number
    /** project-view: a workspace; run-view: charts of pages of runs; runs: a report; runs/draft: a draft of one */
    readonly type: string
    readonly name: string
    readonly displayName: string
    readonly description: string
    /** Who made it */
    readonly username: string
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly updatedAtMs: number
    readonly revision: number
    readonly savedBy: string
  }[]
}

export type ViewResponse = {
  readonly view: {
    readonly id: number
    /** project-view: a workspace; run-view: charts of pages of runs; runs: a report; runs/draft: a draft of one */
    readonly type: string
    readonly name: string
    readonly displayName: string
    readonly description: string
    /** Who made it */
    readonly username: string
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly updatedAtMs: number
    readonly revision: number
    readonly savedBy: string
    /** JSON in W&B's form of workspaces and reports */
    readonly spec: string
  }
}

export type OpenedWorkspaceQuery = {
  /** run-view: how the pages of runs arrange their charts */
  readonly type?: ("project-view" | "run-view")
  /** Default: the one that belongs to whoever asks */
  readonly name?: string
}

export type OpenedWorkspaceResponse = {
  readonly type: ("project-view" | "run-view")
  /** Null: nobody has saved one of that name */
  readonly view: ({
    readonly id: number
    /** project-view: a workspace; run-view: charts of pages of runs; runs: a report; runs/draft: a draft of one */
    readonly type: string
    readonly name: string
    readonly displayName: string
    readonly description: string
    /** Who made it */
    readonly username: string
    /** Milliseconds since 1970, UTC */
    readonly createdAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly updatedAtMs: number
    readonly revision: number
    readonly savedBy: string
    /** JSON in W&B's form of workspaces and reports */
    readonly spec: string
  } | null)
  readonly name: string
  readonly username: string
  readonly mayWrite: boolean
}

export type NewViewRequest = {
  readonly type: string
  /** 409 if the project has one of this type and name */
  readonly name: string
  readonly displayName: string
  readonly description?: string
  /** JSON in W&B's form of workspaces and reports */
  readonly spec: string
}

export type ViewEditRequest = {
  readonly displayName?: string
  readonly description?: string
  /** JSON in W&B's form of workspaces and reports */
  readonly spec?: string
  readonly type?: string
  /** The one that is changed: 409 if there is another by now */
  readonly revision?: number
  /** What the same user saves within five minutes is one revision. Default false */
  readonly isAutomatic?: boolean
}

export type ViewRevisionsResponse = {
  readonly revisions: readonly {
    readonly number: number
    readonly displayName: string
    readonly description: string
    readonly username: string
    /** Milliseconds since 1970, UTC */
    readonly begunAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly savedAtMs: number
  }[]
}

export type ViewRevisionResponse = {
  readonly revision: {
    readonly number: number
    readonly displayName: string
    readonly description: string
    readonly username: string
    /** Milliseconds since 1970, UTC */
    readonly begunAtMs: number
    /** Milliseconds since 1970, UTC */
    readonly savedAtMs: number
    /** JSON in W&B's form of workspaces and reports */
    readonly spec: string
  }
}

export type ViewStateRequest = {
  /** Keys and values of a query string */
  readonly state: { readonly [key: string]: string }
}

export type ViewStateSavedResponse = {
  readonly hash: string
}

/** What is sent to each route, and what it answers. `Blob` stands for anything but JSON. */
export interface Operations {
  /** The server itself */
  "GET /api/status": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: StatusResponse
  }
  /** Why programs that wanted to log were turned away lately, the newest first */
  "GET /api/refusals": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: RefusalsResponse
  }
  /** All projects */
  "GET /api/projects": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: ProjectsResponse
  }
  /** One project */
  "GET /api/projects/{entity}/{project}": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: undefined
    response: ProjectResponse
  }
  /** Renames a project, describes it, or opens it to others */
  "PATCH /api/projects/{entity}/{project}": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: ChangeProjectRequest
    response: ProjectResponse
  }
  /** Removes a project with its runs, artifacts and views for good */
  "DELETE /api/projects/{entity}/{project}": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: DeleteProjectRequest
    response: undefined
  }
  /** What runs and artifacts of a project take, by kind */
  "GET /api/projects/{entity}/{project}/storage": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: undefined
    response: ProjectStorageResponse
  }
  /** The sample project among those of a user or team */
  "GET /api/sample/{entity}": {
    path: { entity: string | number }
    query: NoParameters
    body: undefined
    response: SampleResponse
  }
  /** Begins to load the sample into a project of its own, or goes on with it */
  "POST /api/sample/{entity}": {
    path: { entity: string | number }
    query: NoParameters
    body: undefined
    response: SampleResponse
  }
  /** Removes the sample project for good, with all that it has on disk */
  "DELETE /api/sample/{entity}": {
    path: { entity: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Puts runs into another project, all of them or none; artifacts stay */
  "POST /api/projects/{entity}/{project}/runs/move": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: MoveRunsRequest
    response: RunsMovedResponse
  }
  /** Runs of a project, newest first */
  "GET /api/projects/{entity}/{project}/runs": {
    path: { entity: string | number; project: string | number }
    query: { search?: QueryValue; offset?: QueryValue; limit?: QueryValue }
    body: undefined
    response: RunsResponse
  }
  /** What the runs have logged */
  "GET /api/projects/{entity}/{project}/metrics": {
    path: { entity: string | number; project: string | number }
    query: { run?: QueryValue }
    body: undefined
    response: MetricsResponse
  }
  /** What people and runs say of a metric: description, unit, direction */
  "GET /api/projects/{entity}/{project}/metric-notes": {
    path: { entity: string | number; project: string | number }
    query: { metric?: QueryValue }
    body: undefined
    response: MetricNoteResponse
  }
  /** Says something of a metric for everybody, before what its runs say */
  "PATCH /api/projects/{entity}/{project}/metric-notes": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: MetricNoteEdit
    response: MetricNoteResponse
  }
  /** One run */
  "GET /api/runs/{entity}/{project}/{runId}": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: RunResponse
  }
  /** Changes what people write about a run */
  "PATCH /api/runs/{entity}/{project}/{runId}": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: RunEdit
    response: RunResponse
  }
  /** Puts a run into the trash of its project, for 30 days */
  "DELETE /api/runs/{entity}/{project}/{runId}": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: DeleteRunResponse
  }
  /** Console lines of a run */
  "GET /api/runs/{entity}/{project}/{runId}/logs": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { from?: QueryValue; limit?: QueryValue }
    body: undefined
    response: LogsResponse
  }
  /** Console lines with something in them */
  "GET /api/runs/{entity}/{project}/{runId}/logs/search": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { from?: QueryValue; limit?: QueryValue; text?: QueryValue; isPattern?: QueryValue; stream?: QueryValue; names?: QueryValue; label?: QueryValue }
    body: undefined
    response: LogSearchResponse
  }
  /** All console output as a text file */
  "GET /api/runs/{entity}/{project}/{runId}/logs/text": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { timestamps?: QueryValue }
    body: undefined
    response: Blob
  }
  /** Messages that the program of a run sent to people, newest first */
  "GET /api/runs/{entity}/{project}/{runId}/alerts": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { limit?: QueryValue }
    body: undefined
    response: AlertsResponse
  }
  /** Keys of media and tables */
  "GET /api/runs/{entity}/{project}/{runId}/media": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { axis?: QueryValue }
    body: undefined
    response: MediaKeysResponse
  }
  /** A media value at a step */
  "GET /api/runs/{entity}/{project}/{runId}/media/value": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { key?: QueryValue; step?: QueryValue }
    body: undefined
    response: MediaValueResponse
  }
  /** Histograms of a key over the steps, on one axis */
  "GET /api/runs/{entity}/{project}/{runId}/media/histograms": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { key?: QueryValue }
    body: undefined
    response: HistogramsResponse
  }
  /** Rows of one or several tables: filtered, sorted, grouped */
  "POST /api/tables/rows": {
    path: NoParameters
    query: NoParameters
    body: TableWindowRequest
    response: TableWindowResponse
  }
  /** What the columns of tables are like: ranges, histograms, frequent values */
  "POST /api/tables/columns": {
    path: NoParameters
    query: NoParameters
    body: TableColumnsRequest
    response: TableColumnsResponse
  }
  /** All rows that match, as CSV or JSON */
  "GET /api/tables/export": {
    path: NoParameters
    query: { selection?: QueryValue; columns?: QueryValue; format?: QueryValue; name?: QueryValue }
    body: undefined
    response: Blob
  }
  /** Rows of a table that was logged */
  "GET /api/runs/{entity}/{project}/{runId}/table": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { key?: QueryValue; step?: QueryValue; offset?: QueryValue; limit?: QueryValue; sort?: QueryValue; descending?: QueryValue; search?: QueryValue }
    body: undefined
    response: TableResponse
  }
  /** Rows of history that have some keys, evenly chosen */
  "POST /api/runs/{entity}/{project}/{runId}/rows": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: RowsRequest
    response: RowsResponse
  }
  /** Custom charts */
  "GET /api/runs/{entity}/{project}/{runId}/charts": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: CustomChartsResponse
  }
  /** Files of a run, by name */
  "GET /api/runs/{entity}/{project}/{runId}/files": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: RunFilesResponse
  }
  /** All files of a run as one archive */
  "GET /api/runs/{entity}/{project}/{runId}/zip": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: Blob
  }
  /** A file of a run */
  "GET /api/runs/{entity}/{project}/{runId}/file": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: { name?: QueryValue; frame?: QueryValue; height?: QueryValue }
    body: undefined
    response: Blob
  }
  /** Versions that a run used and made */
  "GET /api/runs/{entity}/{project}/{runId}/artifacts": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: RunArtifactsResponse
  }
  /** Artifacts of a project by type */
  "GET /api/projects/{entity}/{project}/artifacts": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: undefined
    response: ArtifactTypesResponse
  }
  /** Versions of a collection, newest first */
  "GET /api/projects/{entity}/{project}/artifacts/{collection}/versions": {
    path: { entity: string | number; project: string | number; collection: string | number }
    query: { offset?: QueryValue; limit?: QueryValue }
    body: undefined
    response: ArtifactVersionsResponse
  }
  /** One version, by its number, an alias or its digest */
  "GET /api/projects/{entity}/{project}/artifacts/{collection}/versions/{version}": {
    path: { entity: string | number; project: string | number; collection: string | number; version: string | number }
    query: NoParameters
    body: undefined
    response: ArtifactVersionResponse
  }
  /** How aliases of a collection have moved, newest first */
  "GET /api/projects/{entity}/{project}/artifacts/{collection}/alias-changes": {
    path: { entity: string | number; project: string | number; collection: string | number }
    query: { before?: QueryValue; limit?: QueryValue }
    body: undefined
    response: AliasChangesResponse
  }
  /** Runs that used any version of a collection */
  "GET /api/projects/{entity}/{project}/artifacts/{collection}/users": {
    path: { entity: string | number; project: string | number; collection: string | number }
    query: NoParameters
    body: undefined
    response: ArtifactUsersResponse
  }
  /** Deletes a collection with its versions for good */
  "DELETE /api/projects/{entity}/{project}/artifacts/{collection}": {
    path: { entity: string | number; project: string | number; collection: string | number }
    query: NoParameters
    body: DeleteCollectionRequest
    response: undefined
  }
  /** Versions by name, alias, tag, digest or metadata */
  "GET /api/projects/{entity}/{project}/artifact-versions": {
    path: { entity: string | number; project: string | number }
    query: { search?: QueryValue; after?: QueryValue; limit?: QueryValue }
    body: undefined
    response: ArtifactSearchResponse
  }
  /** Describes a version, names and tags it, and says how long it is kept */
  "PATCH /api/artifacts/{id}": {
    path: { id: string | number }
    query: NoParameters
    body: ArtifactChange
    response: ArtifactChangedResponse
  }
  /** Deletes a version for good */
  "DELETE /api/artifacts/{id}": {
    path: { id: string | number }
    query: NoParameters
    body: DeleteArtifactRequest | undefined
    response: undefined
  }
  /** Files of a version, by path */
  "GET /api/artifacts/{id}/files": {
    path: { id: string | number }
    query: { after?: QueryValue; limit?: QueryValue }
    body: undefined
    response: ArtifactFilesResponse
  }
  /** A file of a version */
  "GET /api/artifacts/{id}/file": {
    path: { id: string | number }
    query: { path?: QueryValue; frame?: QueryValue; height?: QueryValue }
    body: undefined
    response: Blob
  }
  /** Rows of a table that is a file of a version */
  "GET /api/artifacts/{id}/table": {
    path: { id: string | number }
    query: { path?: QueryValue; offset?: QueryValue; limit?: QueryValue; sort?: QueryValue; descending?: QueryValue; search?: QueryValue }
    body: undefined
    response: TableRowsResponse
  }
  /** All files of a version as one archive, without references to what is elsewhere */
  "GET /api/artifacts/{id}/zip": {
    path: { id: string | number }
    query: NoParameters
    body: undefined
    response: Blob
  }
  /** What a version was made from, and what with it */
  "GET /api/artifacts/{id}/lineage": {
    path: { id: string | number }
    query: { depth?: QueryValue; direction?: QueryValue }
    body: undefined
    response: LineageResponse
  }
  /** Runs by filter and order, with values of their config and summary */
  "POST /api/projects/{entity}/{project}/runs/query": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunsQueryRequest
    response: RunsQueryResponse
  }
  /** The runs before and after one in a list */
  "POST /api/projects/{entity}/{project}/runs/neighbours": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunNeighboursRequest
    response: RunNeighboursResponse
  }
  /** Runs put together by values, with figures of others */
  "POST /api/projects/{entity}/{project}/runs/groups": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunGroupsRequest
    response: RunGroupsResponse
  }
  /** How much parameters matter for a number of the newest 1,000 runs */
  "POST /api/projects/{entity}/{project}/runs/importance": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunImportanceRequest
    response: RunImportanceResponse
  }
  /** What goes with runs that are deleted, and what stays because others use it */
  "POST /api/projects/{entity}/{project}/runs/deletion": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunsDeletionRequest
    response: RunsDeletionResponse
  }
  /** What several runs have besides numbers */
  "POST /api/projects/{entity}/{project}/runs/contents": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunContentsRequest
    response: RunContentsResponse
  }
  /** What all values of a metric come to, run by run */
  "POST /api/projects/{entity}/{project}/runs/figures": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunFiguresRequest
    response: RunFiguresResponse
  }
  /** What happened in runs, and where that is on the x axis of their charts */
  "POST /api/projects/{entity}/{project}/runs/marks": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunMarksRequest
    response: RunMarksResponse
  }
  /** The best point of a metric, run by run */
  "POST /api/projects/{entity}/{project}/runs/best-points": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: BestPointsRequest
    response: BestPointsResponse
  }
  /** Keys of configs and summaries, and what runs have under them */
  "GET /api/projects/{entity}/{project}/run-keys": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: undefined
    response: RunKeysResponse
  }
  /** Changes what people write about runs, each by itself */
  "POST /api/projects/{entity}/{project}/runs/edits": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunEditsRequest
    response: RunsChangedResponse
  }
  /** Makes one change of many runs: tags, group, stop, trash, restore */
  "POST /api/projects/{entity}/{project}/runs/change": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: RunsChangeRequest
    response: RunsChangedResponse
  }
  /** Workspaces and reports that were saved, oldest first */
  "GET /api/projects/{entity}/{project}/views": {
    path: { entity: string | number; project: string | number }
    query: { type?: QueryValue }
    body: undefined
    response: ViewsResponse
  }
  /** Saves a new one */
  "POST /api/projects/{entity}/{project}/views": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: NewViewRequest
    response: ViewResponse
  }
  /** A workspace by its name, and whether it can be saved */
  "GET /api/projects/{entity}/{project}/workspace": {
    path: { entity: string | number; project: string | number }
    query: { type?: QueryValue; name?: QueryValue }
    body: undefined
    response: OpenedWorkspaceResponse
  }
  /** A workspace or report */
  "GET /api/projects/{entity}/{project}/views/{viewId}": {
    path: { entity: string | number; project: string | number; viewId: string | number }
    query: NoParameters
    body: undefined
    response: ViewResponse
  }
  /** Saves it, as a new revision of it */
  "PATCH /api/projects/{entity}/{project}/views/{viewId}": {
    path: { entity: string | number; project: string | number; viewId: string | number }
    query: NoParameters
    body: ViewEditRequest
    response: ViewResponse
  }
  /** Removes it with its revisions */
  "DELETE /api/projects/{entity}/{project}/views/{viewId}": {
    path: { entity: string | number; project: string | number; viewId: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Who saved it when, newest first; the last 50 */
  "GET /api/projects/{entity}/{project}/views/{viewId}/revisions": {
    path: { entity: string | number; project: string | number; viewId: string | number }
    query: NoParameters
    body: undefined
    response: ViewRevisionsResponse
  }
  /** What it was */
  "GET /api/projects/{entity}/{project}/views/{viewId}/revisions/{number}": {
    path: { entity: string | number; project: string | number; viewId: string | number; number: string | number }
    query: NoParameters
    body: undefined
    response: ViewRevisionResponse
  }
  /** Makes it what it was, as a new revision */
  "POST /api/projects/{entity}/{project}/views/{viewId}/revisions/{number}/restore": {
    path: { entity: string | number; project: string | number; viewId: string | number; number: string | number }
    query: NoParameters
    body: undefined
    response: ViewResponse
  }
  /** Keeps what is too long for a page's address */
  "POST /api/view-states": {
    path: NoParameters
    query: NoParameters
    body: ViewStateRequest
    response: ViewStateSavedResponse
  }
  /** What was kept under a digest */
  "GET /api/view-states/{hash}": {
    path: { hash: string | number }
    query: NoParameters
    body: undefined
    response: ViewStateRequest
  }
  /** Asks the program of a run to end; one that has ended stays as it is */
  "POST /api/runs/{entity}/{project}/{runId}/stop": {
    path: { entity: string | number; project: string | number; runId: string | number }
    query: NoParameters
    body: undefined
    response: StopResponse
  }
  /** Deleted runs that can be brought back, newest first */
  "GET /api/projects/{entity}/{project}/trash": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: undefined
    response: TrashResponse
  }
  /** Links that let whoever has them look at something of a project */
  "GET /api/projects/{entity}/{project}/share-links": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: undefined
    response: ShareLinksResponse
  }
  /** Makes a link that lets whoever has it look at a project, a run or a version, and change nothing */
  "POST /api/projects/{entity}/{project}/share-links": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: CreateShareLinkRequest
    response: CreatedShareLinkResponse
  }
  /** Takes a link back */
  "DELETE /api/projects/{entity}/{project}/share-links/{linkId}": {
    path: { entity: string | number; project: string | number; linkId: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Forgets the link that this browser has followed */
  "DELETE /api/share": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Brings a sweep back from the trash, with its runs */
  "POST /api/projects/{entity}/{project}/trash/sweeps/{trashedSweep}/restore": {
    path: { entity: string | number; project: string | number; trashedSweep: string | number }
    query: NoParameters
    body: undefined
    response: SweepResponse
  }
  /** Brings a deleted run back as it was */
  "POST /api/projects/{entity}/{project}/trash/{trashedRunId}/restore": {
    path: { entity: string | number; project: string | number; trashedRunId: string | number }
    query: NoParameters
    body: undefined
    response: RunResponse
  }
  /** One metric of up to 1,000 runs, reduced to buckets */
  "POST /api/series": {
    path: NoParameters
    query: NoParameters
    body: SeriesRequest
    response: Blob
  }
  /** What several charts of a page want to know at the same moment: up to 100 requests as of /api/series */
  "POST /api/series/batch": {
    path: NoParameters
    query: NoParameters
    body: SeriesBatchRequest
    response: Blob
  }
  /** Every point of one metric of up to 1,000 runs, as text that is sent while it is read */
  "POST /api/series/points": {
    path: NoParameters
    query: NoParameters
    body: SeriesPointsRequest
    response: Blob
  }
  /** What changes, as server-sent events */
  "GET /api/events": {
    path: NoParameters
    query: { entity?: QueryValue; project?: QueryValue }
    body: undefined
    response: Blob
  }
  /** Whether accounts are asked for, and who is asking */
  "GET /api/session": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: SessionResponse
  }
  /** Signs a browser in; the session comes as a cookie */
  "POST /api/session": {
    path: NoParameters
    query: NoParameters
    body: SignInRequest
    response: SessionResponse
  }
  /** Signs a browser out */
  "DELETE /api/session": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Whoever asks, with their keys and teams; 404 where nobody has an account */
  "GET /api/account": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: AccountResponse
  }
  /** Makes a key for whoever asks */
  "POST /api/account/keys": {
    path: NoParameters
    query: NoParameters
    body: AddKeyRequest | undefined
    response: NewKeyResponse
  }
  /** Takes a key of whoever asks away, by id or prefix; sessions that it opened end */
  "DELETE /api/account/keys/{key}": {
    path: { key: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** What a user or team is, and who belongs to it */
  "GET /api/entities/{entity}": {
    path: { entity: string | number }
    query: NoParameters
    body: undefined
    response: EntityResponse
  }
  /** Takes a user into a team, or changes the role there; for admins of the team */
  "PUT /api/entities/{entity}/members/{user}": {
    path: { entity: string | number; user: string | number }
    query: NoParameters
    body: PutMemberRequest | undefined
    response: MemberResponse
  }
  /** Takes a user out of a team; for admins of the team */
  "DELETE /api/entities/{entity}/members/{user}": {
    path: { entity: string | number; user: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Sweeps in an order, and what came of them so far */
  "GET /api/projects/{entity}/{project}/sweeps": {
    path: { entity: string | number; project: string | number }
    query: { sort?: QueryValue; offset?: QueryValue; limit?: QueryValue }
    body: undefined
    response: SweepsResponse
  }
  /** Makes a sweep */
  "POST /api/projects/{entity}/{project}/sweeps": {
    path: { entity: string | number; project: string | number }
    query: NoParameters
    body: CreateSweepRequest
    response: SweepResponse
  }
  /** A sweep, and what came of it so far */
  "GET /api/projects/{entity}/{project}/sweeps/{sweep}": {
    path: { entity: string | number; project: string | number; sweep: string | number }
    query: NoParameters
    body: undefined
    response: SweepResponse
  }
  /** Changes what a sweep says, or its state */
  "PATCH /api/projects/{entity}/{project}/sweeps/{sweep}": {
    path: { entity: string | number; project: string | number; sweep: string | number }
    query: NoParameters
    body: ChangeSweepRequest
    response: SweepResponse
  }
  /** Puts a sweep into the trash of its project, for 30 days; its runs stay */
  "DELETE /api/projects/{entity}/{project}/sweeps/{sweep}": {
    path: { entity: string | number; project: string | number; sweep: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Programs that ask a sweep for runs, the last heard first */
  "GET /api/projects/{entity}/{project}/sweeps/{sweep}/agents": {
    path: { entity: string | number; project: string | number; sweep: string | number }
    query: NoParameters
    body: undefined
    response: SweepAgentsResponse
  }
  /** A chart that somebody has defined */
  "GET /api/custom-charts/{entity}/{name}": {
    path: { entity: string | number; name: string | number }
    query: NoParameters
    body: undefined
    response: CustomChartDefinition
  }
  /** Projects, runs and artifacts with a text in their name */
  "GET /api/search": {
    path: NoParameters
    query: { q?: QueryValue; limit?: QueryValue }
    body: undefined
    response: SearchResponse
  }
  /** People, by name */
  "GET /api/admin/users": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: UsersResponse
  }
  /** Makes a user (201), or changes one (200) */
  "PUT /api/admin/users/{user}": {
    path: { user: string | number }
    query: NoParameters
    body: PutUserRequest | undefined
    response: UserResponse
  }
  /** Removes a user with all keys; what the user owns stays */
  "DELETE /api/admin/users/{user}": {
    path: { user: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Makes a key for a user */
  "POST /api/admin/users/{user}/keys": {
    path: { user: string | number }
    query: NoParameters
    body: AddKeyRequest | undefined
    response: NewKeyResponse
  }
  /** Removes a key of a user, by its id or prefix */
  "DELETE /api/admin/users/{user}/keys/{apiKey}": {
    path: { user: string | number; apiKey: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Teams and their members */
  "GET /api/admin/teams": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: TeamsResponse
  }
  /** Makes a team */
  "PUT /api/admin/teams/{team}": {
    path: { team: string | number }
    query: NoParameters
    body: undefined
    response: TeamResponse
  }
  /** Removes a team; what it owns stays */
  "DELETE /api/admin/teams/{team}": {
    path: { team: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Takes a user into a team, or changes the role there */
  "PUT /api/admin/teams/{team}/members/{user}": {
    path: { team: string | number; user: string | number }
    query: NoParameters
    body: PutMemberRequest | undefined
    response: MemberResponse
  }
  /** Takes a user out of a team */
  "DELETE /api/admin/teams/{team}/members/{user}": {
    path: { team: string | number; user: string | number }
    query: NoParameters
    body: undefined
    response: undefined
  }
  /** Lets go of contents that nothing needs, or says which these are */
  "POST /api/admin/collect-garbage": {
    path: NoParameters
    query: NoParameters
    body: CollectGarbageRequest | undefined
    response: GarbageResponse
  }
  /** A backup of the data folder */
  "GET /api/admin/backup": {
    path: NoParameters
    query: NoParameters
    body: undefined
    response: Blob
  }
}
