import { chooseTenant } from './choose-tenant.ts'
import { type Command, textOption } from './command.ts'

export const trainCommand: Command = {
  usage: 'train',
  summary: 'Learn from all orders, now',
  options: { tenant: ['ID', 'which tenant, where there are several'] },
  async run(context) {
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    context.terminal.progress('Learning from all orders', null)
    const { modelVersion, counts } = await server.tools.train(tenant, { signal: context.signal })
    context.terminal.done('Learning from all orders')
    const baskets = counts.baskets.toLocaleString('en')
    context.terminal.line(
      `Model ${modelVersion.slice(0, 12)} answers now: ${baskets} baskets, ${counts.items.toLocaleString('en')} products.`,
    )
    if (counts.baskets === 0)
      context.terminal.line('There were no orders to learn from. Import some: tillwright import orders FILE')
  },
}
