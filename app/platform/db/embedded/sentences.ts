/** Said before any words are loaded, to the person who starts the program; hence German sentences in code. */
const sentences = {
  platform: (system: string) =>
    `Für dieses System (${system}) liegt keine eingebaute Datenbank bei. Bitte einen eigenen PostgreSQL-Server einrichten und DATABASE_URL setzen.`,
  binaries: (folder: string, reason: string) =>
    `Das Datenbankprogramm in ${folder} startet nicht: ${reason}. Bitte „npm ci“ erneut ausführen.`,
  second: (folder: string, pid: number) =>
    `Besonnen läuft mit dem Datenordner ${folder} schon (Prozess ${pid}). Bitte zuerst das laufende Programm beenden.`,
  major: (folder: string, found: string, ours: string) =>
    `Der Datenordner ${folder} stammt von PostgreSQL ${found}, dieses Programm bringt PostgreSQL ${ours} mit. ` +
    'An den Daten wurde nichts geändert. Bitte mit der bisherigen Fassung von Besonnen eine Sicherung anlegen und sie mit dieser Fassung in einen leeren Ordner zurückholen.',
  foreign: (folder: string) =>
    `Der Ordner ${folder} ist nicht leer und enthält keine Datenbank. Bitte einen leeren Ordner wählen (BESONNEN_DATA).`,
  owner: (folder: string) =>
    `Der Datenordner ${folder} gehört einem anderen Benutzerkonto dieses Rechners. Bitte das Programm unter diesem Konto starten oder den Ordner übergeben (chown).`,
  unreachable: (folder: string, user: string) =>
    `Das Benutzerkonto ${user}, unter dem die Datenbank läuft, kommt nicht an den Ordner ${folder}. Bitte einen Datenordner außerhalb davon wählen (BESONNEN_DATA).`,
  unwritable: (folder: string) =>
    `In den Ordner ${folder} lässt sich nicht schreiben. Bitte die Rechte des Ordners prüfen.`,
  full: (folder: string) =>
    `Der Datenträger mit dem Ordner ${folder} ist voll. Die gespeicherten Daten sind unversehrt. Bitte Platz schaffen und das Programm neu starten.`,
  user: () =>
    'PostgreSQL läuft nicht unter root, und ein eigenes Benutzerkonto ließ sich nicht anlegen. Bitte ein Benutzerkonto „besonnen“ anlegen oder das Programm ohne root starten.',
  socket: (folder: string) =>
    `Der Ordner ${folder} für die Verbindung zur Datenbank gehört einem anderen Benutzerkonto oder ist kein Ordner. Bitte ihn prüfen und entfernen.`,
  stuck: (folder: string, pid: number) =>
    `Ein früherer Datenbankprozess (${pid}) hält den Ordner ${folder} fest und lässt sich nicht beenden. Bitte den Rechner neu starten.`,
  failed: (folder: string, log: string) =>
    `Die Datenbank im Ordner ${folder} ist nicht gestartet. Der Grund steht am Ende von ${log}.`,
}

type Sentences = typeof sentences
export type EmbeddedCode = keyof Sentences

/** A start that cannot go on. `message` is one German passage for whoever runs the program: what is wrong, what to do. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedCode

  constructor(code: EmbeddedCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'EmbeddedError'
    this.code = code
  }
}

export function fault<C extends EmbeddedCode>(code: C, ...values: Parameters<Sentences[C]>): EmbeddedError {
  const say = sentences[code] as (...values: Parameters<Sentences[C]>) => string
  return new EmbeddedError(code, say(...values))
}

/** Turns what the file system or PostgreSQL says about space and rights into a sentence; undefined if it is neither. */
export function faultOfStorage(folder: string, said: string): EmbeddedError | undefined {
  if (/ENOSPC|EDQUOT|No space left|Disk quota/i.test(said)) return fault('full', folder)
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only file system/i.test(said)) return fault('unwritable', folder)
  return undefined
}
