import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'

/*
 * The process that opens a picture somebody uploaded. It holds nothing: no key, no database, no environment. What
 * comes in on its input is PNG or JPEG; what goes out is PNG made anew, one after the other, each behind its length.
 */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg'] })
sharp.concurrency(1)

const boxes = process.argv.slice(2).map((box) => box.split('x').map(Number))
const input = await buffer(process.stdin)
const options = { limitInputPixels: 40_000_000, failOn: 'error' } as const
for (const [width, height] of boxes) {
  const png = await sharp(input, options)
    .autoOrient()
    .resize({ width, height, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 9, palette: true, colours: 128 })
    .toBuffer()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(png.length)
  process.stdout.write(length)
  process.stdout.write(png)
}
