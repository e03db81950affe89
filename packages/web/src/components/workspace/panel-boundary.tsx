import { Component, type ReactElement, type ReactNode } from 'react'
import { isMissingCode } from '../../view/browser/missing-code.ts'
import { MissingCode } from '../shell/missing-code.tsx'

interface PanelBoundaryProps {
  readonly children: ReactNode
  /** What else can be done with it than to try again. Default: nothing. */
  readonly onEdit?: (() => void) | undefined
  readonly onRemove?: (() => void) | undefined
}

/** Keeps a panel that fails to draw from taking the others with it. */
export class PanelBoundary extends Component<PanelBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (isMissingCode(error)) return <MissingCode error={error} />
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
          {this.props.onEdit && <BoundaryButton label="Edit" onClick={this.props.onEdit} />}
          {this.props.onRemove && <BoundaryButton label="Remove" onClick={this.props.onRemove} />}
          <span className="mt-1 block text-xs">{String(error)}</span>
        </p>
      </div>
    )
  }
}

function BoundaryButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }): ReactElement {
  return (
    <>
      {' · '}
      <button className="link-text" onClick={onClick} type="button">
        {label}
      </button>
    </>
  )
}
