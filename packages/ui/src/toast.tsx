import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { type Tone, toneClass, toneIcon } from './tone.ts'

export interface ToastMessage {
  readonly tone: Tone
  readonly title: string
  readonly text?: string | undefined
}

interface Shown extends ToastMessage {
  readonly id: number
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined)

/** Gives the function that shows a toast. */
export function useToast(): (message: ToastMessage) => void {
  return useContext(ToastContext)
}

const lifetime = { calm: 5_000, bad: 12_000 }

/** Shows toasts at the lower right; errors stay longer. */
export function ToastProvider({ children, closeLabel }: { readonly children: ReactNode; readonly closeLabel: string }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const next = useRef(0)
  const close = useCallback((id: number) => setShown((list) => list.filter((item) => item.id !== id)), [])
  const show = useCallback(
    (message: ToastMessage) => {
      next.current += 1
      const id = next.current
      setShown((list) => [...list.slice(-3), { ...message, id }])
      setTimeout(() => close(id), message.tone === 'degraded' ? lifetime.bad : lifetime.calm)
    },
    [close],
  )
  const list = useMemo(() => shown, [shown])
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div aria-live="polite" className="fixed right-4 bottom-4 z-[80] grid w-[360px] max-w-[calc(100vw-32px)] gap-2">
        {list.map((item) => (
          <div
            className={classNames(
              toneClass[item.tone],
              'flex items-start gap-2.5 rounded-3 border border-line-strong bg-raised px-3 py-2.5 shadow-3 animate-panel-in',
            )}
            key={item.id}
            role={item.tone === 'degraded' ? 'alert' : 'status'}
          >
            <Icon className="mt-0.5 text-tone-fg" name={item.tone === 'degraded' ? 'failed' : toneIcon[item.tone]} />
            <div className="min-w-0 flex-1">
              <div className="break-words font-semibold">{item.title}</div>
              {item.text === undefined ? null : <div className="break-words text-12 text-text-2">{item.text}</div>}
            </div>
            <IconButton icon="x" label={closeLabel} onClick={() => close(item.id)} size="sm" />
          </div>
        ))}
      </div>
    </ToastContext.Provider>
  )
}
