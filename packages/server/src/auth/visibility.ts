import type { PlaceQuery, ProjectPlace, Store } from '@lossline/store'
import type { Access } from './access.ts'

/** What of a store one asker may know of: what is in a hidden project does not exist. */
export interface Visibility {
  isPlaceVisible(place: ProjectPlace | undefined): Promise<boolean>
  isVisible(of: PlaceQuery): Promise<boolean>
  /** False also where there is no such entity. */
  isEntityVisible(entity: string): Promise<boolean>
  ifVisible<T>(of: PlaceQuery, read: () => Promise<T>, otherwise: T): Promise<T>
  /** Those rows that are in a place that is visible. */
  select<T>(rows: readonly T[], toPlace: (row: T) => PlaceQuery): Promise<readonly T[]>
}

/** @param store - The whole one. */
export function createVisibility(store: Store, access: Access): Visibility {
  const isPlaceVisible = async (place: ProjectPlace | undefined): Promise<boolean> =>
    place !== undefined && (await access.ofPlace(place)) !== 'none'
  const isVisible = async (of: PlaceQuery): Promise<boolean> => isPlaceVisible(await store.place(of))
  return {
    isPlaceVisible,
    isVisible,
    isEntityVisible: async (entity) => ((await access.ofEntity(entity)) ?? 'none') !== 'none',
    ifVisible: async (of, read, otherwise) => ((await isVisible(of)) ? read() : otherwise),
    select: async (rows, toPlace) => {
      const visible = await Promise.all(rows.map((row) => isVisible(toPlace(row))))
      return rows.filter((_, index) => visible[index])
    },
  }
}
