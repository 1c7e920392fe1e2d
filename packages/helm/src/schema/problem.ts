import { quoteGo } from '@driftless/go-template'

/** Something a value does wrong, with what led to it. */
export interface Problem {
  readonly kind: 'plain' | 'group' | 'reference'
  readonly path: readonly string[]
  readonly message: string
  readonly causes: readonly Problem[]
}

/** A problem of its own. */
export function plain(path: readonly string[], message: string, causes: readonly Problem[] = []): Problem {
  return { kind: 'plain', path, message, causes }
}

/** The problems of one schema as one. */
export function grouped(path: readonly string[], problems: readonly Problem[]): Problem | undefined {
  if (problems.length < 2) return problems[0]
  return { kind: 'group', path, message: 'validation failed', causes: problems }
}

/** A problem seen through a `$ref`. */
export function referenced(path: readonly string[], problem: Problem): Problem {
  return {
    kind: 'reference',
    path,
    message: 'validation failed',
    causes: problem.kind === 'group' ? problem.causes : [problem],
  }
}

/** One line a problem, causes indented below. */
export function printProblem(problem: Problem): string {
  const roots = problem.kind === 'group' ? problem.causes : [problem]
  return roots.flatMap((root) => lines(root, 0)).join('\n')
}

function lines(problem: Problem, depth: number): string[] {
  const skipped = problem.kind === 'reference' && problem.causes.length === 1
  const own = skipped ? [] : [`${'  '.repeat(depth)}- at ${quoteText(pointer(problem.path))}: ${problem.message}`]
  return [...own, ...problem.causes.flatMap((cause) => lines(cause, skipped ? depth : depth + 1))]
}

function pointer(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** A text in single quotes. */
export function quoteText(text: string): string {
  return `'${quoteGo(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
