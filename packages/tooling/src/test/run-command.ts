import { spawn } from 'node:child_process'
import { root } from '../house.ts'

/** Runs a command of the workspace in the foreground; answers its exit code. */
export function runCommand(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const [program = '', ...args] = command[0] === 'turbo' ? ['npx', '-y', 'pnpm@12.21.0', 'exec', ...command] : command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
}
