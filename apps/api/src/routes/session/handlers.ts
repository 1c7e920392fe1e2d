import type { Authenticator } from '../../auth/authenticator.ts'
import { AuthErrors } from '../../auth/errors.ts'
import type { HandlersOf } from '../handler.ts'

/** Login, logout, who am I, password, and what may I do. */
export function sessionHandlers(parts: {
  authenticator: Authenticator
}): HandlersOf<'login' | 'logout' | 'getUserInfo' | 'changePassword' | 'canI'> {
  const { authenticator } = parts
  return {
    async login({ body }, context) {
      const { token, expiresAt } = await authenticator.login(body.username, body.password)
      context.setSessionCookie(token, expiresAt)
      return { token }
    },
    async logout(_input, context) {
      if (context.caller !== undefined) await authenticator.logout(context.caller)
      context.clearSessionCookie()
      return { token: '' }
    },
    async getUserInfo(_input, { caller }) {
      if (caller === undefined) return { loggedIn: false }
      return { loggedIn: true, username: caller.username, iss: caller.issuer, groups: [...caller.groups] }
    },
    async changePassword({ body }, context) {
      const caller = context.requireCaller()
      const name = body.name ?? caller.username
      if (name !== caller.username && !context.canOther('accounts', 'update', name)) {
        throw AuthErrors.PERMISSION_DENIED({ request: `accounts, update, ${name}, sub: ${caller.username}` })
      }
      await authenticator.changePassword(caller, { name, current: body.currentPassword, next: body.newPassword })
      return {}
    },
    async canI({ params }, context) {
      return { value: context.canOther(params.resource, params.action, params['*']) ? 'yes' : 'no' }
    },
  }
}
