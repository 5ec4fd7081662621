import type { TenantTx } from '#platform/tenancy/index.ts'
import { confirmProxy, saveDates, saveOffice, saveTimes } from '#work/people/index.ts'

const by = { by: 'Verwaltung', note: 'Angaben der Kommune' }
const common = {
  land: 'NW',
  accent: 'petrol',
  oversight: 'Bezirksregierung Auenbrück, Am Alten Markt 1, 00003 Auenbrück',
  privacyAuthority: 'Landesbeauftragte für Datenschutz (erfunden), Musterstraße 2, 00003 Auenbrück',
  accessArbitration: 'Ombudsstelle für barrierefreie Informationstechnik (erfunden), Musterallee 3, 00003 Auenbrück',
} as const

const offices = {
  lindenau: {
    ...common,
    name: 'Stadt Lindenau',
    kind: 'independent-city',
    street: 'Lindenallee 12',
    place: '00001 Lindenau',
    phone: '0221 4710 200',
    mail: 'konfliktbuero@lindenau.example',
    representedBy: 'Oberbürgermeisterin Dr. Renate Vogt',
    privacyOfficer: 'Datenschutz der Stadt Lindenau, Lindenallee 1, 0221 4710 205',
    accessContact: 'Konfliktbüro, 0221 4710 200, konfliktbuero@lindenau.example',
  },
  'kreis-auental': {
    ...common,
    name: 'Kreis Auental',
    kind: 'county',
    street: 'Kreishausplatz 1',
    place: '00002 Auenbrück',
    phone: '0221 4710 300',
    mail: 'konfliktanlaufstelle@kreis-auental.example',
    representedBy: 'Landrat Martin Berger',
    privacyOfficer: 'Datenschutz des Kreises Auental, Kreishausplatz 1, 0221 4710 305',
    accessContact: 'Konfliktanlaufstelle, 0221 4710 300',
  },
  landeskoordination: {
    ...common,
    name: 'Landeskoordination Konfliktmanagement',
    kind: 'state',
    street: 'Ministergasse 3',
    place: '00003 Auenbrück',
    phone: '0221 4710 400',
    mail: 'netzwerk@landeskoordination.example',
    representedBy: 'Dr. Elke Sanders',
    privacyOfficer: 'Datenschutz des Ministeriums, Ministergasse 3, 0221 4710 405',
    accessContact: 'Landeskoordination, 0221 4710 400, netzwerk@landeskoordination.example',
  },
} as const

/** What the invented places say about themselves; two steps are left for whoever tries the switch. */
export async function sayWhoTheyAre(tx: TenantTx, slug: keyof typeof offices): Promise<void> {
  await saveOffice(tx, offices[slug], { ...by, onto: 0 })
  if (offices[slug].kind !== 'state') {
    await saveTimes(tx, {}, { ...by, onto: 1 })
    await saveDates(tx, { assessment: '2026-02-10', council: '2026-02-24' })
  }
  await confirmProxy(tx, { logs: 'none' })
}
