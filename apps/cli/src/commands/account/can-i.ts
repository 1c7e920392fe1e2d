import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless account can-i ACTION RESOURCE SUBRESOURCE`; prints `yes` or `no`. */
export const accountCanI = defineServerCommand({
  operands: 'ACTION RESOURCE SUBRESOURCE',
  count: [3, 3],
  flags: {},
  async run({ operands: [action = '', resource = '', subresource = ''], server, io }) {
    const { value } = await server.client.call('canI', { params: { action, resource, '*': subresource } })
    io.out(`${value}\n`)
    return 0
  },
})
