import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type FileTree, messageOf } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { evaluateJsonnet, type JsonnetOptions, type JsonnetProgram } from './index.ts'

const testdata = join(import.meta.dirname, '../testdata')
const snippets = join(testdata, 'snippets')

function answer(program: JsonnetProgram, options: JsonnetOptions = {}): string {
  try {
    return evaluateJsonnet(program, options).manifest.trimEnd()
  } catch (thrown) {
    return messageOf(thrown).trimEnd()
  }
}

/** [E4] Lines inside the library are not part of our traces, nor are places without a name. */
function comparable(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('\t<std>') && line !== '\t\t' && line !== '\t...' && !line.startsWith('TRACE: '))
    .join('\n')
}

function programsOf(file: string): string[] {
  return readFileSync(join(snippets, file), 'utf8').trimEnd().split('\n----\n')
}

describe('[C1] snippets give what the jsonnet command prints', () => {
  const topics = readdirSync(snippets).filter((file) => /^[a-z]+\.txt$/.test(file))
  for (const topic of topics) {
    const expected = programsOf(topic.replace('.txt', '.expected.txt'))
    programsOf(topic).forEach((snippet, i) => {
      it(`${topic} ${i + 1}: ${snippet}`, () => {
        const got = answer({ snippet, fileName: '<cmdline>' })
        expect(comparable(got)).toBe(comparable(expected[i] as string))
      })
    })
  }
})

describe('[I1] files of a tree give what the jsonnet command prints', () => {
  const expected: Record<string, string> = JSON.parse(readFileSync(join(testdata, 'tree.expected.json'), 'utf8'))
  const options: Record<string, JsonnetOptions> = {
    'app/libraries.jsonnet': { jpath: ['vendor', 'lib'] },
    'app/arguments.jsonnet': {
      extVars: { env: 'prod' },
      extCode: { list: '[1,2]' },
      tlas: { name: 'web' },
      tlaCode: { extra: '{a: 1}' },
    },
  }
  const tree = diskTree(join(testdata, 'tree'))
  for (const [file, text] of Object.entries(expected)) {
    it(file, () => {
      expect(comparable(answer({ tree, file }, options[file]))).toBe(comparable(text))
    })
  }
})

function diskTree(root: string): FileTree {
  const kindOf = (path: string) => lstatSync(join(root, path), { throwIfNoEntry: false })
  return {
    list: (path) =>
      kindOf(path)?.isDirectory() ? readdirSync(join(root, path)).map((name) => ({ name, kind: 'file' })) : undefined,
    read: (path) => (kindOf(path)?.isFile() ? readFileSync(join(root, path)) : undefined),
    readLink: (path) => (kindOf(path)?.isSymbolicLink() ? readlinkSync(join(root, path)) : undefined),
  }
}
