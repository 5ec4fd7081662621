import { emptyForm } from '#platform/forms/index.ts'
import {
  Badge,
  Button,
  Card,
  CompareTexts,
  ConfirmLine,
  DataTable,
  DateOne,
  Deadline,
  Deleted,
  EmptyState,
  FileField,
  FilterSentence,
  HoldForm,
  JumpLinks,
  KeptLine,
  Pager,
  PasskeyForm,
  Timeline,
  VisibleFor,
} from '#ui/index.ts'
import { german, states } from './texts.ts'

const now = new Date('2026-11-23T09:00:00Z')
const deadlines = [
  { at: new Date('2026-11-25T15:00:00Z'), workingDays: 2 },
  { at: new Date('2026-12-18T15:00:00Z'), workingDays: 19 },
  { at: new Date('2026-11-23T15:00:00Z'), workingDays: 0 },
  { at: new Date('2026-11-23T08:00:00Z'), workingDays: 0 },
  { at: new Date('2026-11-19T15:00:00Z'), workingDays: -2 },
]

/** What stands on staff's pages; staff read German. */
export const StaffPieces = () => (
  <>
    <JumpLinks
      links={[
        { id: 'fristen', label: 'Fristen' },
        { id: 'listen', label: 'Listen' },
        { id: 'eingaben', label: 'Eingaben' },
      ]}
    />
    <VisibleFor who={['Koordinierungsstelle', 'Schiedsamt', 'Gemeinwesenarbeit Nordstadt']} />
    <Card title="Fristen" id="fristen" next>
      <ul class="plain">
        {deadlines.map((deadline) => (
          <li>
            <Deadline {...deadline} now={now} />
          </li>
        ))}
      </ul>
    </Card>
    <Lists />
    <Inputs />
    <Kept />
  </>
)

const until = '2027-02-23'
const hold = { by: 'Miriam Aydın', since: '2026-11-20', reason: 'Eine Anfrage auf Einsicht läuft.', because: null }

/** What is deleted when, and what is kept longer. */
const Kept = () => (
  <section id="aufbewahrung">
    <h2>Aufbewahrung</h2>
    <KeptLine keeping={{ until, hold: undefined }} href="#aufbewahrung" />
    <KeptLine keeping={{ until, hold }} href="#aufbewahrung" />
    <HoldForm keeping={{ until, hold: undefined }} form={emptyForm()} action="#aufbewahrung" token="-" />
    <Deleted on="2026-11-20" />
  </section>
)

const Lists = () => (
  <section id="listen">
    <h2>Listen</h2>
    <FilterSentence all="#listen">Gezeigt werden 2 Meldungen aus der Nordstadt zu „Lärm und Rücksicht“.</FilterSentence>
    <DataTable
      caption="Meldungen"
      columns={['Worum es geht', 'Gebiet', 'Frist']}
      rows={[
        [<a href="#listen">{german.sentence}</a>, 'Nordstadt', <Badge kind="waiting">überfällig</Badge>],
        [<a href="#listen">{german.long}</a>, 'Gemeinschaftsunterkunft am Güterbahnhof', '25.11.2026'],
      ]}
    />
    <Pager first="#listen" next="#eingaben" />
    <EmptyState>Zurzeit wartet nichts auf Sie.</EmptyState>
    <Timeline
      entries={[
        { when: 'Montag, 23. November 2026', text: <p>{german.sentence}</p> },
        { when: 'Freitag, 20. November 2026', text: <p>{german.long}</p> },
      ]}
    />
  </section>
)

const Inputs = () => (
  <section id="eingaben">
    <h2>Eingaben</h2>
    {states('datum', '3.12.', german).map((state) => (
      <DateOne label="Bis wann?" {...state} />
    ))}
    <CompareTexts
      labels={{ matter: 'Worum es geht', notes: 'Notiz' }}
      differences={[
        { field: 'matter', typed: german.sentence, stored: german.long },
        { field: 'notes', typed: '', stored: 'Mit der Hausverwaltung gesprochen.' },
      ]}
    />
    {states('datei', '', german).map((state) => (
      <FileField label="Welche Datei?" accept=".xlsx,.csv" {...state} />
    ))}
    <PasskeyForm
      deed="add"
      question={{ options: '{}', sealed: '-' }}
      failed="Das hat nicht geklappt. Bitte versuchen Sie es noch einmal."
      action="#eingaben"
      token="-"
    >
      <Button>Passkey einrichten</Button>
    </PasskeyForm>
    <ConfirmLine name="sicher" label="Ich habe geprüft, dass keine Namen mehr im Text stehen." form={emptyForm()} />
  </section>
)
