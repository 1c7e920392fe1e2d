import { readFileSync } from 'node:fs'

/** What a process has used, by the operating system's own account (Linux). */
export interface Usage {
  readonly cpuMs: number
  readonly rssMb: number
}

const ticksPerSecond = 100

/** Reads CPU time and resident memory of a process. */
export function readUsage(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { cpuMs: (ticks / ticksPerSecond) * 1000, rssMb: Number(rss ?? 0) / 1024 }
}
