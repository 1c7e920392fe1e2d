'use client'

import { type RefObject, useEffect } from 'react'
import { isTyping } from '#lib/keyboard/use-shortcut.ts'

export interface GridKeys {
  readonly container: RefObject<HTMLElement | null>
  readonly columns: number
  readonly count: number
  readonly scrollTo: (index: number) => void
}

/** Moves focus among the links of a grid with the arrows; the link's `data-index` says where it stands, Enter follows it. */
export function useGridKeys({ container, columns, count, scrollTo }: GridKeys): void {
  useEffect(() => {
    const focus = (index: number) => {
      const link = () => container.current?.querySelector<HTMLElement>(`a[data-index="${index}"]`)
      link()?.focus({ preventScroll: true })
      scrollTo(index)
      // One that was not drawn yet is there after the scroll.
      if (document.activeElement !== link()) requestAnimationFrame(() => link()?.focus({ preventScroll: true }))
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"],[role="menu"]') !== null) return
      const current = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.index : undefined
      if (event.key === 'Escape' && current !== undefined) return void (document.activeElement as HTMLElement).blur()
      const step = stepOf(event.key, columns)
      if (step === 0 || count === 0) return
      event.preventDefault()
      focus(current === undefined ? 0 : Math.min(count - 1, Math.max(0, Number(current) + step)))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [container, columns, count, scrollTo])
}

function stepOf(key: string, columns: number): number {
  if (key === 'ArrowDown') return columns
  if (key === 'ArrowUp') return -columns
  if (columns > 1 && key === 'ArrowRight') return 1
  if (columns > 1 && key === 'ArrowLeft') return -1
  return 0
}
