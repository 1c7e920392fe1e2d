import { z } from 'zod'
import { publicAccess, route, sessionAccess } from '../route.ts'

export const userInfo = z.object({
  loggedIn: z.boolean(),
  username: z.string().optional(),
  iss: z.string().optional(),
  groups: z.array(z.string()).optional(),
})

export const sessionRoutes = {
  login: route({
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Logs in with a local account; answers a bearer token and sets the cookie.',
    tag: 'Session',
    access: publicAccess,
    body: z.object({ username: z.string(), password: z.string() }),
    response: z.object({ token: z.string() }),
  }),
  logout: route({
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Ends the session and clears the cookie.',
    tag: 'Session',
    access: publicAccess,
    response: z.object({ token: z.string().optional() }),
  }),
  getUserInfo: route({
    method: 'GET',
    path: '/api/v1/session/userinfo',
    summary: 'Says who is logged in.',
    tag: 'Session',
    access: publicAccess,
    response: userInfo,
  }),
  changePassword: route({
    method: 'PUT',
    path: '/api/v1/account/password',
    summary: 'Changes the password of a local account; ends its other sessions.',
    tag: 'Account',
    access: sessionAccess,
    body: z.object({ name: z.string().optional(), currentPassword: z.string(), newPassword: z.string() }),
    response: z.object({}),
  }),
  canI: route({
    method: 'GET',
    path: '/api/v1/account/can-i/:resource/:action/*',
    summary: 'Says whether the caller may do something, and which permission is missing.',
    tag: 'Account',
    access: sessionAccess,
    params: z.object({ resource: z.string(), action: z.string(), '*': z.string() }),
    response: z.object({ value: z.enum(['yes', 'no']) }),
  }),
}
