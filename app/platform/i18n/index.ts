export { formats, type Formats, type When } from './formats.ts'
export { isLanguage, languageInfo, languages, type Language, type LanguageInfo } from './languages.ts'
export { compileMessage, type Values } from './messages.ts'
export { reviewed, sliceWords, type Status, type Texts, type Translate } from './words.ts'
