/** A chart definition that runs refer to by `<entity>/<name>`. */
export interface CustomChartRow {
  readonly entity: string
  readonly name: string
  readonly displayName: string
  /** The language of the specification, `vega2`. */
  readonly type: string
  /** Whether others than the entity's own people may use it. */
  readonly access: 'private' | 'public'
  /** JSON text that is returned as it came. */
  readonly spec: string
  readonly username: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** Puts a definition in the place of the one of its name, if there is one. */
export interface PutCustomChartWrite
  extends Pick<CustomChartRow, 'entity' | 'name' | 'displayName' | 'type' | 'access' | 'spec' | 'username'> {
  readonly kind: 'put-custom-chart'
  readonly nowMs: number
}
