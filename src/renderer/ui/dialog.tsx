import { type ComponentType, lazy, Suspense, useState } from 'react'
import { type DialogName, openDialog, useDialog } from '../state/dialogs.ts'
import type { DialogFrameProps } from './dialog-frame.tsx'
import { ErrorBoundary } from './error-boundary.tsx'

type FrameProps = Omit<DialogFrameProps, 'children'>

/** A dialog's content in its frame; both are loaded when it is opened first. */
export function lazyDialog(load: () => Promise<ComponentType>): ComponentType<FrameProps> {
  const Loaded = lazy(async () => {
    const [{ DialogFrame }, Content] = await Promise.all([import('./dialog-frame.tsx'), load()])
    return {
      default: (props: FrameProps) => (
        <DialogFrame {...props}>
          <Content />
        </DialogFrame>
      ),
    }
  })
  return function LazyDialog(props: FrameProps) {
    const [needed, setNeeded] = useState(false)
    if (props.opened && !needed) setNeeded(true)
    if (!needed) return null
    return (
      <ErrorBoundary what="This dialog">
        <Suspense fallback={null}>
          <Loaded {...props} />
        </Suspense>
      </ErrorBoundary>
    )
  }
}

interface CommandDialogProps extends Omit<FrameProps, 'opened' | 'onClose'> {
  readonly name: DialogName
  readonly content: ComponentType<FrameProps>
}

/** A dialog that a command opens. */
export function CommandDialog({ name, content: Content, ...props }: CommandDialogProps) {
  return <Content opened={useDialog(name)} onClose={() => openDialog(null)} {...props} />
}
