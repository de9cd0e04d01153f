import type { Command } from './command.ts'

export const signingKeyRotate: Command = {
  usage: 'signing-key rotate',
  summary: 'Sign access tokens with a new key; nobody is signed out',
  async run({ open, terminal }) {
    const id = await (await open()).tools.rotateSigningKey()
    terminal.line(`Key ${id} signs from now on. The one before verifies until its last token has run out.`)
  },
}
