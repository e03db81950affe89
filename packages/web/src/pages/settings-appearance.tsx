import type { ReactElement } from 'react'
import { TimeZoneSwitch } from '../components/controls/time-zone-switch.tsx'
import { ThemeChoices } from '../components/shell/theme-choices.tsx'

/** How the page looks in this browser. */
export function SettingsAppearance(): ReactElement {
  return (
    <>
      <ThemeSettings />
      <section aria-labelledby="times-title" className="mt-6">
        <h2 className="mb-2 font-semibold text-lg" id="times-title">
          Times
        </h2>
        <p className="mb-3 text-muted">
          For this browser: dates, clocks, and wall time on charts. Otherwise they are those of this computer.
        </p>
        <TimeZoneSwitch />
      </section>
    </>
  )
}

function ThemeSettings(): ReactElement {
  return (
    <section aria-labelledby="theme-title">
      <h2 className="mb-2 font-semibold text-lg" id="theme-title">
        Theme
      </h2>
      <p className="mb-3 text-muted">For this browser. Charts and text change at once; comfortable text is larger.</p>
      <div className="w-72 rounded-lg border border-line bg-panel p-1">
        <ThemeChoices />
      </div>
    </section>
  )
}
