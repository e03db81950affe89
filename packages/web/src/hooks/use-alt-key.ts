import { useEffect, useState } from 'react'

/** Whether Alt is held: it asks for every digit. */
export function useAltKey(): boolean {
  const [isDown, setIsDown] = useState(false)
  useEffect(() => {
    const note = (event: KeyboardEvent): void => setIsDown(event.altKey)
    addEventListener('keydown', note)
    addEventListener('keyup', note)
    return () => {
      removeEventListener('keydown', note)
      removeEventListener('keyup', note)
    }
  }, [])
  return isDown
}
