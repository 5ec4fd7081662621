import { z } from 'zod'
import { words } from '../words.ts'
import { json } from './problem.ts'
import { reportBody } from './reports.ts'

const t = words('de')

const choice = z.object({ id: z.string(), name: z.string() })
const choicesAnswer = z.object({
  areas: z.array(choice),
  subjects: z.array(choice),
  wishes: z.array(z.enum(['talk', 'advice', 'inform'])),
  anonymity: z.array(z.enum(['anonymous', 'office', 'named'])),
  readers: z.array(choice),
  languages: z.array(z.string()),
})
const received = z.object({ code: z.string().regex(/^\d{18}$/), receivedAt: z.iso.date() })
const message = z.object({ from: z.enum(['reporter', 'office']), at: z.iso.date(), text: z.string() })
const mailboxAnswer = z.object({
  status: z.string(),
  receivedAt: z.iso.date(),
  messages: z.array(message),
  deletedOn: z.iso.date().nullable(),
})
const newMessage = z.object({ text: z.string().min(1).max(20_000) })
const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' })
const content = (schema: z.ZodType, type = 'application/json') => ({ [type]: { schema: schemaOf(schema) } })
const answer = (description: string, schema: z.ZodType) => ({ description, content: content(schema) })
const problem = { description: t('openapi.problem'), content: content(problemAnswer, 'application/problem+json') }
const town = { name: 'town', in: 'path', required: true, schema: { type: 'string' }, description: t('openapi.town') }
const key = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: t('openapi.key'),
}
const secured = [{ receiptCode: [] }]

const document = {
  openapi: '3.1.0',
  info: { title: t('openapi.title'), version: '1', description: t('openapi.about') },
  components: { securitySchemes: { receiptCode: { type: 'http', scheme: 'bearer', description: t('openapi.code') } } },
  paths: {
    '/api/v1/{town}/choices': {
      get: {
        summary: t('openapi.choices'),
        parameters: [town],
        responses: { 200: answer(t('openapi.choices'), choicesAnswer), 404: problem },
      },
    },
    '/api/v1/{town}/reports': {
      post: {
        summary: t('openapi.report'),
        parameters: [town, key],
        requestBody: { required: true, content: content(reportBody) },
        responses: {
          201: answer(t('openapi.received'), received),
          400: problem,
          404: problem,
          413: problem,
          422: problem,
          503: problem,
        },
      },
    },
    '/api/v1/{town}/mailbox': {
      get: {
        summary: t('openapi.mailbox'),
        parameters: [town],
        security: secured,
        responses: { 200: answer(t('openapi.mailbox'), mailboxAnswer), 404: problem },
      },
      post: {
        summary: t('openapi.message'),
        parameters: [town],
        security: secured,
        requestBody: { required: true, content: content(newMessage) },
        responses: {
          201: answer(t('openapi.message'), message.omit({ at: true })),
          404: problem,
          413: problem,
          422: problem,
        },
      },
    },
  },
}

/** `GET /api/v1/openapi.json` */
export const getDescription = (): Response => json(document)
