import { Component, type ReactNode } from 'react'

/** Keeps a panel that fails to draw from taking the others with it. */
export class PanelBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return (
      <div
        className="flex h-full items-center justify-center rounded-lg border border-line bg-panel p-6 text-center text-muted"
        role="alert"
      >
        <p>
          This panel failed to draw; the others are fine.{' '}
          <button className="link-text" onClick={() => this.setState({ error: undefined })} type="button">
            Retry
          </button>
          <span className="mt-1 block text-xs">{String(this.state.error)}</span>
        </p>
      </div>
    )
  }
}
