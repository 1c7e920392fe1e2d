/** The mark: the outer contour is what git says, the solid core what runs. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" className="flex-none" fill="none" height={size} viewBox="0 0 24 24" width={size}>
      <path d="M4 3h7a9 9 0 0 1 0 18H4z" stroke="currentColor" strokeLinejoin="round" strokeWidth="2.25" />
      <path
        d="M8.6 7.9H11a4.1 4.1 0 0 1 0 8.2H8.6z"
        fill="var(--accent)"
        stroke="var(--accent)"
        strokeLinejoin="round"
        strokeWidth="1.2"
      />
    </svg>
  )
}

/** The drawn wordmark; one level bar runs through f and t. */
export function Wordmark({ height = 17 }: { readonly height?: number }) {
  return (
    <svg
      aria-label="Driftless"
      fill="none"
      height={height}
      role="img"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.9"
      viewBox="-1 0 69.5 16"
    >
      <path d="M8 1.2v13M8 10.2a3.9 3.9 0 1 1-7.8 0 3.9 3.9 0 0 1 7.8 0zM12 14.2V6.3M12 9.8c0-2.2 1.3-3.5 3.4-3.5M19 6.3v7.9M19 2.6v.1M24.2 14.2V4.4c0-2.1 1-3.2 3-3.2M22 6.3h12.2M30.6 2.8v8.6c0 1.9.9 2.8 2.8 2.8M38 1.2v13M41.9 10.1h7.6a3.8 3.8 0 1 0-1.2 2.9M58.3 7.7c-.5-.9-1.4-1.4-2.6-1.4-1.5 0-2.5.7-2.5 1.9 0 2.9 5.4 1.1 5.4 4 0 1.3-1.1 2-2.8 2-1.4 0-2.5-.6-3-1.6M67.1 7.7c-.5-.9-1.4-1.4-2.6-1.4-1.5 0-2.5.7-2.5 1.9 0 2.9 5.4 1.1 5.4 4 0 1.3-1.1 2-2.8 2-1.4 0-2.5-.6-3-1.6" />
    </svg>
  )
}
