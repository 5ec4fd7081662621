import { HtmlValidate } from 'html-validate'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'

const folder = join(import.meta.dirname, '../../app/ui/elements')
const ownElements = globSync('*-*.ts', { cwd: folder }).map((file) => basename(file, '.ts'))

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  elements: ['html5', Object.fromEntries(ownElements.map((name) => [name, { flow: true, phrasing: true }]))],
  rules: {
    // A list's rows lose their meaning in some screen readers once they are shown as blocks.
    'no-redundant-role': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
    // The style sheet keeps numbers on one line; a reader that copies one should not get special blanks.
    'tel-non-breaking': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
  },
})

/** What is wrong with a document: misnested or misspelt elements, doubled ids, labels without field. */
export async function htmlFaults(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
  )
}
