/** The words for it in every language a party is written to, however they end. */
const named =
  /mediati|mediator|mediier|pendelgespr|arabulu[cğ]|медиа[тц][ио]|медіа[тц][іо]|посередництв|посредничеств|وساط|وسيط/iu

/** That sides are mediated; said in a text that others read, it would be out. */
export const tells = (text: string): boolean => named.test(text.normalize('NFC'))
