import { NumberInput } from '@mantine/core'
import { useState } from 'react'

interface NumberSettingProps {
  readonly label: string
  /** What it does, and its default. */
  readonly description: string
  readonly suffix: string
  readonly minimum: number
  readonly maximum: number
  /** Decimal places; 0 for integers. */
  readonly decimals?: number
  readonly value: number
  readonly onCommit: (value: number) => void
}

/**
 * A number that is applied on Enter or when the field loses focus, never while typing: on the way to 512 it is 5 for a
 * moment, and a log cut to that size is lost.
 */
export function NumberSetting({
  label,
  description,
  suffix,
  minimum,
  maximum,
  decimals = 0,
  value,
  onCommit,
}: NumberSettingProps) {
  const [typed, setTyped] = useState<string | number>(value)
  const commit = () => {
    const scale = 10 ** decimals
    const number = Math.min(maximum, Math.max(minimum, Math.round(Number(typed) * scale) / scale))
    const taken = typed === '' || !Number.isFinite(number) ? value : number
    setTyped(taken)
    if (taken !== value) onCommit(taken)
  }
  return (
    <NumberInput
      label={label}
      description={description}
      suffix={suffix}
      decimalScale={decimals}
      allowDecimal={decimals > 0}
      allowNegative={false}
      min={minimum}
      max={maximum}
      clampBehavior="none"
      value={typed}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}
