'use client'

import { useEffect, useState } from 'react'

/** A value that has not changed for a while (ms), for asking the server about what is being typed. */
export function useSettled<V>(value: V, wait: number): V {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return settled
}
