import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { reasonOf } from '../../shared/reason.ts'
import classes from './error-boundary.module.css'
import { Problem } from './problem.tsx'

interface ErrorBoundaryProps {
  /** What failed, as a sentence subject: `The reply view`. */
  readonly what: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly message: string | null
}

/** Confines a rendering error to one part of the window. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: null }

  static getDerivedStateFromError(thrown: unknown): ErrorBoundaryState {
    return { message: reasonOf(thrown) }
  }

  override render(): ReactNode {
    const { message } = this.state
    if (message === null) return this.props.children
    return (
      <div className={classes.failed}>
        <Problem
          title={`${this.props.what} cannot be shown: ${message}`}
          cure="Sockets, drafts and the log are kept outside this view."
          actions={
            <>
              <Button variant="default" onClick={() => this.setState({ message: null })}>
                Try again
              </Button>
              {/* What failed to load once is not loaded again by the same page. */}
              <Button variant="default" onClick={() => window.location.reload()}>
                Reload the window
              </Button>
            </>
          }
        />
      </div>
    )
  }
}
