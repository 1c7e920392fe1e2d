import type { Place } from '../floors.ts'

/** The files of a new package, by path inside its folder. */
export function packageFiles(name: string, place: Place): Record<string, string> {
  const tag = typeof place === 'number' ? `floor-${place}` : place
  return {
    'package.json': json({
      name: `@driftless/${name}`,
      version: '0.1.0',
      private: true,
      type: 'module',
      exports: { '.': './src/index.ts' },
      scripts: { typecheck: 'tsc --noEmit' },
      dependencies: {},
    }),
    'tsconfig.json': json({
      extends: place === 'wing' ? '../tooling/tsconfig/react.json' : '../tooling/tsconfig/node.json',
      include: ['src', 'scenarios'],
    }),
    'turbo.json': json({ extends: ['//'], tags: [tag] }),
    'README.md': `# ${name}\n\nPurpose, front door, one example, and what this package knows nothing of.\n`,
    'src/index.ts': `// The front door of @driftless/${name}: explicit names only.\nexport {}\n`,
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
