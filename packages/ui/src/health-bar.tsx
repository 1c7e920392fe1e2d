import { classNames } from './class-names.ts'
import { type Tone, toneClass } from './tone.ts'

export interface HealthBarPart {
  readonly tone: Tone
  readonly label: string
  readonly count: number
}

/** A bar divided by counts; its parts are named for assistive technology. */
export function HealthBar({
  parts,
  height = 8,
  label,
}: {
  readonly parts: readonly HealthBarPart[]
  readonly height?: number
  readonly label: string
}) {
  return (
    <div
      aria-label={`${label}: ${parts.map((part) => `${part.label} ${part.count}`).join(', ')}`}
      className="flex w-full gap-0.5 overflow-hidden rounded-[4px]"
      role="img"
      style={{ height }}
    >
      {parts
        .filter((part) => part.count > 0)
        .map((part) => (
          <span
            className={classNames(toneClass[part.tone], 'block min-w-1 rounded-[1px] bg-tone-solid')}
            key={part.tone}
            style={{ flexGrow: part.count, flexBasis: 0 }}
            title={`${part.label} ${part.count}`}
          />
        ))}
    </div>
  )
}
