/** Hebrew, Arabic and their neighbours. */
const rightToLeft = /[\u0590-\u08FF]/u

/** Words of a right-to-left language inside a German sentence: they keep their direction, and the sentence keeps its. */
export const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text)
