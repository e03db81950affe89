import type { ReactElement } from 'react'
import { ThemeChoices } from '../components/shell/theme-menu.tsx'

/** How the page looks in this browser. */
export function SettingsAppearance(): ReactElement {
  return (
    <section aria-labelledby="theme-title">
      <h2 className="mb-2 font-semibold text-lg" id="theme-title">
        Theme
      </h2>
      <p className="mb-3 text-muted">For this browser. Charts and text change at once.</p>
      <div className="w-72 rounded-lg border border-line bg-panel p-1">
        <ThemeChoices />
      </div>
    </section>
  )
}
