import { buffer } from 'node:stream/consumers'
import sharp, { type Sharp } from 'sharp'

/*
 * The process that opens a picture somebody uploaded. It holds nothing: no key, no database, no environment. What
 * comes in on its input is PNG or JPEG; what goes out is made anew, one after the other, each behind its length, kind
 * and size.
 */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg'] })
sharp.concurrency(1)

const [look, ...sizes] = process.argv.slice(2)
const boxes = sizes.map((box) => box.split('x').map(Number))
const input = await buffer(process.stdin)
const options = { limitInputPixels: 40_000_000, failOn: 'error' } as const

/** A drawing stays sharp as PNG; a photograph would be many times as large, so it becomes JPEG. Mail programs read both. */
async function best(picture: Sharp) {
  const { isOpaque } = await picture.clone().stats()
  const png = await picture.clone().png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true })
  if (!isOpaque) return png
  const jpeg = await picture.clone().jpeg({ quality: 82, mozjpeg: true }).toBuffer({ resolveWithObject: true })
  return png.data.length <= jpeg.data.length * 1.5 ? png : jpeg
}
const drawing = (picture: Sharp) =>
  picture.png({ compressionLevel: 9, palette: true }).toBuffer({ resolveWithObject: true })

for (const [width, height] of boxes) {
  const fitted = await sharp(input, options)
    .autoOrient()
    .resize({ width, height, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width: w, height: h, channels } = fitted.info
  const picture = sharp(fitted.data, { raw: { width: w, height: h, channels } })
  const { data, info } = await (look === 'best' ? best(picture) : drawing(picture))
  const head = Buffer.alloc(9)
  head.writeUInt32BE(data.length)
  head.writeUInt8(Number(info.format === 'jpeg'), 4)
  head.writeUInt16BE(info.width, 5)
  head.writeUInt16BE(info.height, 7)
  process.stdout.write(head)
  process.stdout.write(data)
}
