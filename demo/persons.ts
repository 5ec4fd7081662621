export interface DemoPerson {
  readonly id: string
  readonly name: string
  readonly mail: string
  readonly roles: readonly string[]
  /** What she does, for the page where one chooses a person. */
  readonly about: string
  readonly employed?: boolean
  /** Which proofs she has shown, ids of the model. */
  readonly proofs?: readonly string[]
}

/** Fixed ids, so that stories and tests can name people. */
const id = (place: number, n: number) =>
  `00000000-0000-4000-8${String(place).padStart(3, '0')}-${String(n).padStart(12, '0')}`

const lindenau: DemoPerson[] = [
  {
    id: id(1, 1),
    name: 'Miriam Aydın',
    mail: 'aydin@lindenau.invalid',
    roles: ['coordination'],
    about: 'Koordinierungsstelle im Kommunalen Integrationszentrum',
    proofs: ['first-advice', 'moderation'],
  },
  {
    id: id(1, 2),
    name: 'Jonas Feldkamp',
    mail: 'feldkamp@lindenau.invalid',
    roles: ['coordination', 'conflict-manager'],
    about: 'Koordinierungsstelle, Vertretung von Miriam Aydın',
    proofs: ['first-advice', 'moderation', 'mediation'],
  },
  {
    id: id(1, 3),
    name: 'Olena Marchenko',
    mail: 'marchenko@lindenau.invalid',
    roles: ['conflict-manager'],
    about: 'Konfliktmanagerin',
    proofs: ['first-advice', 'moderation'],
  },
  {
    id: id(1, 4),
    name: 'Bernd Hülsmann',
    mail: 'huelsmann@lindenau.invalid',
    roles: ['contact-point'],
    about: 'Anlaufstelle im Quartiersbüro Nordviertel',
    proofs: ['first-advice'],
  },
  {
    id: id(1, 5),
    name: 'Fatma Yıldız',
    mail: 'yildiz@lindenau.invalid',
    roles: ['guide'],
    about: 'Konfliktlotsin, ehrenamtlich',
    employed: false,
  },
  {
    id: id(1, 6),
    name: 'Prof. Carla Winter',
    mail: 'winter@lindenau.invalid',
    roles: ['handler'],
    about: 'Mediatorin aus dem Pool',
    proofs: ['first-advice', 'moderation', 'mediation'],
    employed: false,
  },
  {
    id: id(1, 7),
    name: 'Yusuf Haddad',
    mail: 'haddad@lindenau.invalid',
    roles: ['interpreter'],
    about: 'Sprachmittler für Arabisch',
    employed: false,
  },
  {
    id: id(1, 8),
    name: 'Dr. Ruth Ahrens',
    mail: 'ahrens@lindenau.invalid',
    roles: ['substitute'],
    about: 'Leitung des Integrationszentrums; liest, was andere nicht lesen sollen',
  },
  {
    id: id(1, 9),
    name: 'Henrik Sommer',
    mail: 'sommer@lindenau.invalid',
    roles: ['steering-group'],
    about: 'Steuerungsgruppe, Sozialdezernat',
  },
  {
    id: id(1, 10),
    name: 'Anke Brandt',
    mail: 'brandt@lindenau.invalid',
    roles: ['sponsor'],
    about: 'Oberbürgermeisterin',
  },
  {
    id: id(1, 11),
    name: 'Tomasz Nowak',
    mail: 'nowak@lindenau.invalid',
    roles: ['administrator'],
    about: 'IT der Stadt',
  },
  {
    id: id(1, 12),
    name: 'Sabine Kroll',
    mail: 'kroll@lindenau.invalid',
    roles: ['oversight'],
    about: 'Datenschutzbeauftragte',
  },
  {
    id: id(1, 13),
    name: 'Branko Stojka',
    mail: 'stojka@lindenau.invalid',
    roles: ['handler'],
    about: 'Mediator aus dem Pool, spricht Romanes',
    proofs: ['first-advice', 'mediation'],
    employed: false,
  },
]

const auental: DemoPerson[] = [
  {
    id: id(2, 1),
    name: 'Katrin Vogel',
    mail: 'vogel@kreis-auental.invalid',
    roles: ['coordination'],
    about: 'Koordinierende Konfliktanlaufstelle im Kreishaus',
    proofs: ['first-advice', 'moderation'],
  },
  {
    id: id(2, 2),
    name: 'Selim Demir',
    mail: 'demir@kreis-auental.invalid',
    roles: ['conflict-manager'],
    about: 'Konfliktmanager des Kreises',
    proofs: ['first-advice', 'moderation', 'mediation'],
  },
  {
    id: id(2, 3),
    name: 'Petra Lange',
    mail: 'lange@kreis-auental.invalid',
    roles: ['town'],
    about: 'Rathaus Steinwehr',
  },
  {
    id: id(2, 4),
    name: 'Heinz Terbrüggen',
    mail: 'terbrueggen@kreis-auental.invalid',
    roles: ['arbitration'],
    about: 'Schiedsperson in Niederauen',
    employed: false,
  },
  {
    id: id(2, 5),
    name: 'Lena Osterholt',
    mail: 'osterholt@kreis-auental.invalid',
    roles: ['handler'],
    about: 'Moderatorin',
    proofs: ['first-advice', 'moderation'],
    employed: false,
  },
  {
    id: id(2, 6),
    name: 'Dr. Markus Thiel',
    mail: 'thiel@kreis-auental.invalid',
    roles: ['substitute'],
    about: 'Leitung des Integrationszentrums',
  },
  {
    id: id(2, 7),
    name: 'Ingrid Wolters',
    mail: 'wolters@kreis-auental.invalid',
    roles: ['administrator'],
    about: 'Kreisrechenzentrum',
  },
  { id: id(2, 8), name: 'Georg Stein', mail: 'stein@kreis-auental.invalid', roles: ['sponsor'], about: 'Landrat' },
]

const state: DemoPerson[] = [
  {
    id: id(3, 1),
    name: 'Hannah Brückner',
    mail: 'brueckner@landeskoordination.invalid',
    roles: ['state-office'],
    about: 'Landeskoordination: Tagungen und Newsletter des Netzwerks',
  },
  {
    id: id(3, 2),
    name: 'Deniz Arslan',
    mail: 'arslan@landeskoordination.invalid',
    roles: ['state-office'],
    about: 'Landeskoordination, Vertretung von Hannah Brückner',
  },
  {
    id: id(3, 3),
    name: 'Dr. Elke Sanders',
    mail: 'sanders@landeskoordination.invalid',
    roles: ['sponsor'],
    about: 'Referatsleitung im Ministerium',
  },
]

const all: Record<string, readonly DemoPerson[]> = { lindenau, 'kreis-auental': auental, landeskoordination: state }

export const personsOf = (slug: string): readonly DemoPerson[] => all[slug] ?? []
