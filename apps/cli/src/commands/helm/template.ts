import { renderChart } from '@driftless/helm'
import { openSource } from '../../files/open-source.ts'
import { defineCommand } from '../command.ts'
import { readReleaseInputs, releaseNames, templateFlags } from './template-flags.ts'

/** `driftless helm template [NAME] CHART`. */
export const helmTemplate = defineCommand({
  operands: '[NAME] CHART',
  count: [1, 2],
  flags: templateFlags,
  async run({ flags, operands, io }) {
    const { releaseName, chart } = releaseNames(operands)
    const inputs = await readReleaseInputs(flags, io)
    const { text } = renderChart({ ...openSource(chart, io.directory), releaseName, ...inputs })
    io.out(text)
    return 0
  },
})
