import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { SavedFile } from '../../../shared/contract/files.ts'
import { baselineOf, type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { call } from '../../api.ts'
import { useLab, withRuns } from '../../state/lab-store.ts'

const formats = [
  { format: 'json', label: 'JSON, everything there is' },
  { format: 'csv', label: 'CSV, a line a step' },
  { format: 'hgrm', label: 'HdrHistogram percentiles (.hgrm)' },
  { format: 'hlog', label: 'HdrHistogram log (.hlog)' },
] as const

interface ExportMenuProps {
  readonly shown: readonly ListedRun[]
  /** Given where a file was saved, in a sentence; empty when the person has cancelled. */
  readonly onDone: (words: string) => void
}

/** Exports of the first shown run, and reports of all shown runs. */
export function ExportMenu({ shown, onDone }: ExportMenuProps) {
  const step = useLab((lab) => lab.step)
  const chosen = useLab((lab) => lab.baseline)
  const baseline = baselineOf(shown, chosen)
  const [first] = shown
  if (!first || !baseline) return null
  const save = (saving: () => Promise<SavedFile>) =>
    void withRuns(async () => {
      onDone('')
      const { path } = await saving()
      if (path !== null) onDone(`Saved to ${path}.`)
    })
  const report = { ids: shown.map(({ id }) => id), baseline: baseline.id }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          Export…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          “{first.run.name.slice(0, 60)}”{shown.length > 1 ? `, ${whenMade(first.run)}` : ''}
        </Menu.Label>
        {formats.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => save(() => call('lab.export', { id: first.id, format, step }))}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{shown.length === 1 ? 'Report' : `Report of ${shown.length} runs`}</Menu.Label>
        <Menu.Item onClick={() => void withRuns(async () => void (await call('lab.showReport', report)))}>
          Open the report
        </Menu.Item>
        <Menu.Item onClick={() => save(() => call('lab.saveReport', report))}>Save the report as HTML…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
