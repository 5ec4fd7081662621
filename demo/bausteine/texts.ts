import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'

/** What the pieces are filled with: short and long, German and Arabic. All of it is invented. */
export interface Samples {
  readonly label: string
  readonly hint: string
  readonly long: string
  readonly sentence: string
  readonly error: string
  readonly options: readonly string[]
}

export const german: Samples = {
  label: 'Was haben Sie bemerkt?',
  hint: 'Schreiben Sie, wie Sie es erzählen würden.',
  long: 'Nachbarschaftsvermittlungsvereinbarung der Gemeinschaftsunterkunftsbetreiberversammlung',
  sentence: 'Im Treppenhaus wird seit zwei Wochen jeden Abend laut gestritten.',
  error: 'Bitte sagen Sie, was Sie bemerkt haben.',
  options: ['Lärm und Rücksicht', 'Nutzung von Plätzen und Wegen', 'Zusammenleben im Haus'],
}

export const arabic: Samples = {
  label: 'ماذا لاحظتم؟',
  hint: 'اكتبوا كما تروون القصة.',
  long: 'اتفاقية الوساطة بين الجيران في مركز الإقامة المشترك التابع للبلدية والمنظمات الشريكة',
  sentence: 'منذ أسبوعين هناك شجار بصوت عالٍ في الدرج كل مساء.',
  error: 'يرجى كتابة ما لاحظتموه.',
  options: ['الضوضاء', 'استخدام الساحات والطرق', 'العيش معًا في المبنى'],
}

/** One field empty, filled, and with something to mend; each under a name of its own. */
export const states = (field: string, filled: string, samples: Samples) =>
  [
    { name: `${field}-leer`, form: emptyForm() },
    { name: `${field}-voll`, form: emptyForm({ [`${field}-voll`]: filled }) },
    { name: `${field}-fehler`, form: withError(emptyForm(), `${field}-fehler`, samples.error) },
  ] as const satisfies readonly { name: string; form: FormState }[]
