import type { ApplicationRow } from '@driftless/model'
import type { IconName, Tone } from '@driftless/ui'
import { presentHealth } from '#lib/status/tones.ts'

/** One line of the palette. */
export interface PaletteEntry {
  readonly id: string
  readonly group: 'applications' | 'actions' | 'pages'
  readonly label: string
  readonly note: string
  readonly icon: IconName
  readonly tone?: Tone
  readonly href: string
  readonly sync?: string
}

/** Entries for applications that the server found. */
export function applicationEntries(rows: readonly ApplicationRow[]): PaletteEntry[] {
  return rows.map((row) => ({
    id: `app:${row.namespace}/${row.name}`,
    group: 'applications',
    label: row.name,
    note: `${row.destinationNamespace} · ${row.destinationName || row.destinationServer}`,
    icon: presentHealth(row.health).icon,
    tone: presentHealth(row.health).tone,
    href: `/applications/${row.namespace}/${row.name}`,
    sync: row.sync,
  }))
}

/** The part of a label that matches what was typed, for marking; the whole text before it when nothing matches. */
export function splitMatch(label: string, typed: string): readonly [string, string, string] {
  const at = typed === '' ? -1 : label.toLowerCase().indexOf(typed.toLowerCase())
  return at < 0
    ? [label, '', '']
    : [label.slice(0, at), label.slice(at, at + typed.length), label.slice(at + typed.length)]
}

/** Keeps the chosen line within the list, going round at its ends. */
export function moveChoice(current: number, step: number, count: number): number {
  return count === 0 ? 0 : (current + step + count) % count
}
