/** That sides are mediated; said in a text that others read, it would be out. */
export const tells = (text: string): boolean => /mediati|mediator|mediier|pendelgespr/iu.test(text)
