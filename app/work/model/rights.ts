/** Parts of a conflict management system, the verbs their roles may hold, and those no model may give. */

export const components = [
  'sponsor',
  'steering-group',
  'coordination',
  'contact-point',
  'conflict-manager',
  'guide',
  'handler-pool',
  'area-group',
  'formal-partner',
  'interpreter',
  'neighbour',
  'oversight',
  'administration',
  'triage',
  'formats',
  'documentation',
  'evaluation',
  'communication',
  'network',
  'prevention-plan',
] as const
export type ComponentKind = (typeof components)[number]

/** Components that are a way of working rather than people: no role may belong to them. */
export const impersonal: readonly ComponentKind[] = [
  'triage',
  'formats',
  'documentation',
  'evaluation',
  'communication',
  'network',
  'prevention-plan',
]

export const verbs = [
  /** Enters what somebody says, and sees what she entered herself. */
  'intake.enter',
  /** Reads all reports that are not held from anybody. */
  'intake.read',
  'intake.check',
  /** Opens contact sheets: names of the parties and ways to reach them. */
  'intake.contacts',
  'intake.decide',
  /** Settles an easy matter in one go; without `intake.read` only what she entered herself. */
  'intake.advise',
  'intake.urgent',
  /** Sees the one text she is asked to put into another language. */
  'intake.interpret',
  /** Reads and decides what is held from others, and nothing else of the intake. */
  'intake.substitute',
  'intake.import',
  /** Answers what was raised: the question and its reason, no names. */
  'steering.decide',
  /** Opens the cases she sees: those she is granted; with `cases.assign` all. */
  'cases.read',
  'cases.open',
  'cases.assess',
  'cases.choose',
  'cases.assign',
  'cases.handle',
  'cases.close',
  'cases.follow',
  'cases.evaluate',
  'cases.reopen',
  'cases.export',
  /** Agrees or not as the second person; sees question and reason. */
  'second.decide',
  'people.propose',
  'people.manage',
  'model.edit',
  'model.publish',
  'town.settings',
  'public.edit',
  'recognition.signal',
  'recognition.read',
  'prevention.edit',
  'prevention.activate',
  'gatherings.manage',
  'qualification.manage',
  'newsletter.send',
  'handbook.write',
  'figures.read',
  'figures.release',
  'audit.read',
  'retention.hold',
] as const
export type Verb = (typeof verbs)[number]

const recordVerbs = verbs.filter((verb) => /^(intake|cases)\./.test(verb))
const allBut = (...given: Verb[]): readonly Verb[] => recordVerbs.filter((verb) => !given.includes(verb))

/** Verbs no model may give to a component, whatever it calls it. */
export const neverFor: Partial<Record<ComponentKind, readonly Verb[]>> = {
  sponsor: allBut('intake.substitute'),
  'steering-group': allBut('intake.substitute'),
  'contact-point': ['cases.export', 'people.manage', 'model.publish', 'audit.read', 'figures.release'],
  guide: [...allBut('intake.enter'), 'people.manage', 'model.publish', 'audit.read', 'figures.release'],
  'handler-pool': [
    ...allBut('cases.handle', 'cases.assess', 'cases.close', 'intake.contacts'),
    'people.manage',
    'model.publish',
    'audit.read',
  ],
  'area-group': [...allBut('intake.enter'), 'people.manage', 'model.publish', 'audit.read'],
  'formal-partner': [...allBut('intake.enter'), 'people.manage', 'model.publish', 'audit.read'],
  interpreter: [...allBut('intake.interpret'), 'people.manage', 'model.publish', 'audit.read'],
  neighbour: allBut('intake.substitute'),
  oversight: [...recordVerbs, 'people.manage', 'model.publish'],
  administration: [...recordVerbs, 'people.manage', 'model.publish', 'audit.read', 'figures.release', 'second.decide'],
}

/** Pairs one role must never hold together. */
export const neverTogether: readonly (readonly [Verb, Verb])[] = [
  ['people.manage', 'audit.read'],
  ['intake.substitute', 'intake.read'],
  ['intake.substitute', 'people.manage'],
]

/** Somebody must hold each of these, or the municipality cannot do its daily work. */
export const indispensable: readonly Verb[] = [
  'intake.enter',
  'intake.read',
  'intake.check',
  'intake.decide',
  'intake.urgent',
  'intake.substitute',
  'cases.read',
  'cases.export',
  'second.decide',
  'people.manage',
  'people.propose',
  'model.publish',
  'figures.read',
  'audit.read',
]

/** Who opened a report, as residents are told: three words that imply no format. */
export const openedAs: Partial<Record<ComponentKind, 'coordination' | 'contact-point' | 'specialist'>> = {
  coordination: 'coordination',
  'steering-group': 'coordination',
  sponsor: 'coordination',
  neighbour: 'coordination',
  'contact-point': 'contact-point',
  guide: 'contact-point',
  'formal-partner': 'contact-point',
}
