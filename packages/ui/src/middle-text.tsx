/** A long name cut in its middle, because ends tell pods apart; the full name is its title. */
export function MiddleText({ text, tail = 6 }: { readonly text: string; readonly tail?: number }) {
  if (text.length <= tail + 8) return <span className="truncate">{text}</span>
  return (
    <span className="flex min-w-0" title={text}>
      <span className="truncate">{text.slice(0, -tail)}</span>
      <span className="flex-none whitespace-pre">{text.slice(-tail)}</span>
    </span>
  )
}
