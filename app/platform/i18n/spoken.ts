/** Languages people speak, by code (BCP 47) and German name: the standard's list, not one of ours. */
const german = new Intl.DisplayNames('de', { type: 'language', fallback: 'none' })

/** What people also call a language. */
const alsoCalled: Readonly<Record<string, string>> = {
  romanes: 'rom',
  romani: 'rom',
  kurmandschi: 'ku',
  sorani: 'ckb',
  farsi: 'fa',
  dari: 'fa-AF',
  twi: 'tw',
  gebärdensprache: 'gsg',
  'deutsche gebärdensprache': 'gsg',
}
const letters = [...'abcdefghijklmnopqrstuvwxyz']
/** Of the codes of three letters those met here; to try all eighteen thousand would hold everybody up for a second. */
const ofThree = [
  'ckb',
  'rom',
  'zza',
  'syr',
  'aii',
  'prs',
  'kab',
  'rif',
  'shi',
  'zgh',
  'bal',
  'yue',
  'fil',
  'ceb',
  'kri',
  'pcm',
  'dyu',
  'tem',
  'men',
]

const allCodes = (): string[] => [...letters.flatMap((a) => letters.map((b) => a + b)), ...ofThree]

let codes: Map<string, string> | undefined

/** The code of a language by its German name, whatever its case; undefined for a name the standard does not know. */
export function languageByName(name: string): string | undefined {
  const asked = name.trim().toLocaleLowerCase('de')
  codes ??= new Map(
    allCodes()
      .toReversed()
      .flatMap((code): [string, string][] => {
        const known = german.of(code)
        return known ? [[known.toLocaleLowerCase('de'), code]] : []
      }),
  )
  return alsoCalled[asked] ?? codes.get(asked)
}

/** The German name of a language; the code itself where there is none. */
export const nameOfLanguage = (code: string): string =>
  code === 'rom' ? 'Romanes' : code === 'gsg' ? 'Deutsche Gebärdensprache' : (german.of(code) ?? code)
