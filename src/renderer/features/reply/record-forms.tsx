import { Tabs } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import type { TranscriptRecord } from '../../../shared/transcript/record.ts'
import { type RecordForm, recordForms, showForm, useComparison } from '../../state/comparison.ts'
import { RecordView } from './record-view.tsx'
import classes from './reply.module.css'

const ChangesView = lazy(async () => ({ default: (await import('./changes/changes-view.tsx')).ChangesView }))
const FiguresView = lazy(async () => ({ default: (await import('./figures/figures-view.tsx')).FiguresView }))

const names: Readonly<Record<RecordForm, string>> = { message: 'Frames', changes: 'Changes', figures: 'Figures' }

/** Chooses in which form a message is shown. */
export function RecordFormTabs() {
  const { form } = useComparison()
  return (
    <Tabs value={form} onChange={(chosen) => showForm(recordForms.find((each) => each === chosen) ?? 'message')}>
      <Tabs.List className={classes.forms ?? ''} aria-label="Form of the message">
        {recordForms.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {names[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}

interface RecordBodyProps {
  readonly record: TranscriptRecord
  /** What is said of the record, above its frames. */
  readonly children: ReactNode
}

/** A record in the form that was chosen. Of an event there is one form. */
export function RecordBody({ record, children }: RecordBodyProps) {
  const { form } = useComparison()
  if (form === 'message' || record.kind === 'event') {
    return (
      <RecordView key={record.id} record={record}>
        {children}
      </RecordView>
    )
  }
  const Form = form === 'changes' ? ChangesView : FiguresView
  return (
    <Suspense fallback={null}>
      <Form record={record} />
    </Suspense>
  )
}
