/** The page should not have offered this. `hidden`: that the thing exists at all is nobody's business (404). */
export class NotAllowed extends Error {
  readonly hidden: boolean

  constructor(what: string, { hidden }: { hidden: boolean }) {
    super(`not allowed: ${what}`)
    this.hidden = hidden
  }
}

/** Somebody else was quicker: the form was made from an older version than the one that lies there now. */
export class StaleEdit extends Error {
  readonly rendered: number
  readonly present: number

  constructor(rendered: number, present: number) {
    super('stale edit')
    this.rendered = rendered
    this.present = present
  }
}
