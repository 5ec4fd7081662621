import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead } from '#ui/index.ts'
import { publicWords } from '../../../words.ts'

/** In a flood: nothing is refused, the text is kept, the button works as soon as the time is over. */
export function waitView(visit: Visit, seconds: number): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('flood.title'),
    back: addresses.reportForm(visit.town, 'kontakt'),
    discreet: true,
    body: (
      <>
        <Lead>{t('flood.lead')}</Lead>
        <p>{t('flood.wait', { seconds })}</p>
        <Form action={addresses.reportForm(visit.town, 'pruefen')} token={visit.token}>
          <Button>{t('check.send')}</Button>
        </Form>
      </>
    ),
  }
}
