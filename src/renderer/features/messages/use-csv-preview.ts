import { useEffect, useState } from 'react'
import { sentenceOf } from '../../../shared/reason.ts'
import type { CsvColumn, CsvPreview } from '../../../shared/transcript/csv-columns.ts'
import { call } from '../../api.ts'
import type { CsvExport } from '../../state/csv-export.ts'

const nothing: CsvPreview = { rows: [], offered: [] }

/** What an export with these columns would be like; what was known before until that is known. */
export function useCsvPreview(
  { filter, opened }: CsvExport,
  columns: readonly CsvColumn[],
): CsvPreview & { readonly problem: string | null } {
  const [preview, setPreview] = useState(nothing)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let isCurrent = true
    call('log.csv', { filter, columns, newest: opened }).then(
      (next) => {
        if (!isCurrent) return
        setPreview(next)
        setProblem(null)
      },
      (thrown: unknown) => isCurrent && setProblem(sentenceOf(thrown)),
    )
    return () => {
      isCurrent = false
    }
  }, [filter, opened, columns])
  return { ...preview, problem }
}
