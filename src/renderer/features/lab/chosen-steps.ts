import type { StepResult } from '../../../shared/lab/result.ts'
import { distinctNames, type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { stepInWords } from '../../../shared/lab/words.ts'

/** A step of a shown run, named so that it can be told from the others. */
export interface ChosenStep extends ListedRun {
  readonly name: string
  readonly step: StepResult
}

/** One step of each run: the chosen one, the one of the same size or rate, or the only one. */
export function chosenSteps(shown: readonly ListedRun[], chosen: number): readonly ChosenStep[] {
  const names = distinctNames(
    shown.map(({ run }) => run),
    whenMade,
  )
  const at = shown[0]?.run.steps[chosen]?.at ?? null
  return shown.flatMap(({ id, run }, index) => {
    const step =
      (index === 0 ? run.steps[chosen] : run.steps.find((each) => each.at === at)) ??
      (run.steps.length === 1 ? run.steps[0] : undefined)
    if (!step) return []
    const where = stepInWords(run.settings, step.at)
    const name = names[index] ?? run.name
    return [{ id, run, name: where === null ? name : `${name}, ${where}`, step }]
  })
}
