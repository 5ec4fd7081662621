import snowball from 'snowball-stemmers'

const stemmer = snowball.newStemmer('german')

/** Words that stand in nearly every text find nothing. */
const stop = new Set(
  'aber alle als also am an auch auf aus bei bin bis da das dass dem den der des die dies dieser doch dort du durch ein eine einem einen einer eines er es für hat haben hier ich ihr im in ist ja kann kein man mehr mit nach nicht noch nun nur ob oder sehr sein sich sie sind so über um und uns unter vom von vor war was weil wenn wer wie wir wird wo zu zum zur'.split(
    ' ',
  ),
)

/**
 * German compounds end in what they are: "Nachbarschaftsstreit" is found by "Streit". Only these heads are split
 * off, because cutting at every known word finds nonsense.
 */
const heads =
  'streit lärm müll platz hof spielplatz nachbar nachbarschaft schule haus feier fest park verein markt konflikt gruppe unterkunft wohnung beschwerde jugendliche kinder eltern straße garten treffpunkt moschee kirche kita'
    .split(' ')
    .toSorted((a, b) => b.length - a.length)

function headOf(word: string): string[] {
  const head = heads.find((one) => word.length > one.length + 3 && word.endsWith(one))
  return head ? [head] : []
}

/** The distinct word stems of a text, in lower case; what a word is is decided by Unicode, not by ASCII. */
export function stemsOf(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLocaleLowerCase('de')
      .match(/[\p{L}\p{N}]{2,}/gu) ?? []
  const stems = new Set<string>()
  for (const word of words) {
    if (stop.has(word)) continue
    for (const part of [word, ...headOf(word)]) stems.add(stemmer.stem(part))
  }
  return [...stems]
}
