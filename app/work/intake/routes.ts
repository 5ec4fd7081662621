import { get, may, open, post, type Route } from '#platform/web/index.ts'
import { getMailbox, postMailbox } from './api/mailbox.ts'
import { getChoices, postReport } from './api/reports.ts'
import * as inboxPage from './pages/staff/inbox.tsx'
import * as newPage from './pages/staff/new.tsx'
import * as reportPage from './pages/staff/report.tsx'

const free = { tokenFree: true, limit: 128 * 1024 }

export const routes: readonly Route[] = [
  get('/api/v1/:town/choices', open, getChoices),
  post('/api/v1/:town/reports', open, postReport, free),
  get('/api/v1/:town/mailbox', open, getMailbox),
  post('/api/v1/:town/mailbox', open, postMailbox, free),
  get('/:town/eingang', may('intake.read', 'intake.substitute', 'intake.enter'), inboxPage.get),
  get('/:town/eingang/neu', may('intake.enter'), newPage.get),
  post('/:town/eingang/neu', may('intake.enter'), newPage.post),
  get('/:town/eingang/:report', may('intake.read', 'intake.substitute', 'intake.urgent'), reportPage.get),
  post('/:town/eingang/:report', may('intake.read', 'intake.substitute', 'intake.urgent'), reportPage.post),
]
