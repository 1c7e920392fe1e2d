'use client'

import { useEffect, useRef, useState } from 'react'

const flashTime = 1_200

/** True for a moment after what `signature` stands for has changed; not for its first value. */
export function useFlash(signature: string): boolean {
  const seen = useRef(signature)
  const [flashing, setFlashing] = useState(false)
  useEffect(() => {
    if (seen.current === signature) return
    seen.current = signature
    setFlashing(true)
    const timer = setTimeout(() => setFlashing(false), flashTime)
    return () => clearTimeout(timer)
  }, [signature])
  return flashing
}
