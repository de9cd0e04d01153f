import { isTemplate, previewMail, TEMPLATES } from '../mail/index.ts'
import { type Command, CommandError, textOption, UsageError } from './command.ts'

const FORMATS = ['text', 'html'] as const

export const mailPreview: Command = {
  usage: 'mail preview [TEMPLATE]',
  summary: 'Show what a mail looks like, with example data; without a name, list the templates',
  options: {
    language: ['TAG', 'such as de-AT; English where we have no words in it (default: en)'],
    format: [
      'FORMAT',
      'text (default) or html, for a browser: tillwright mail preview invitation --format html > mail.html',
    ],
  },
  async run(context) {
    const { terminal, args } = context
    const [template] = args
    if (template === undefined) {
      for (const name of Object.keys(TEMPLATES)) terminal.line(name)
      return
    }
    const format = textOption(context, 'format') ?? 'text'
    if (!FORMATS.some((one) => one === format)) throw new UsageError(`--format is text or html, not "${format}"`)
    if (!isTemplate(template)) {
      throw new CommandError(`There is no mail "${template}". There are: ${Object.keys(TEMPLATES).join(', ')}`)
    }
    const { subject, text, html } = previewMail(template, textOption(context, 'language') ?? 'en')
    terminal.line(format === 'html' ? html : `Subject: ${subject}\n\n${text.trimEnd()}`)
  },
}
