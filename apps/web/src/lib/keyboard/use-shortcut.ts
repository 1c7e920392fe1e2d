'use client'

import { useEffect, useRef } from 'react'

/** Runs `action` when the key is pressed outside text fields; with `control` also inside them, together with Ctrl or ⌘. */
export function useShortcut(
  key: string,
  action: () => void,
  options: { readonly control?: boolean; readonly disabled?: boolean } = {},
): void {
  const { control = false, disabled = false } = options
  const latest = useRef(action)
  latest.current = action
  useEffect(() => {
    if (disabled) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key.toLowerCase() !== key.toLowerCase()) return
      if (control !== (event.ctrlKey || event.metaKey) || event.altKey) return
      if (!control && isTyping(event.target)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [key, control, disabled])
}

/** True when keys belong to a field rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
