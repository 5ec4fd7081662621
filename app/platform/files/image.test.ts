import sharp from 'sharp'
import { expect, test } from 'vitest'
import { picturesFrom } from './index.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#0b5563' } })
const box = [[64, 80]] as const
const most = 1_000_000

test('a picture is made anew in each size, fits its box, keeps its shape, and carries nothing along', async () => {
  const jpeg = await plain(400, 200)
    .withExif({ IFD0: { Copyright: 'Kanarienvogel' } })
    .jpeg()
    .toBuffer()
  expect(jpeg.includes('Kanarienvogel')).toBe(true)
  const made = await picturesFrom(
    jpeg,
    [
      [64, 80],
      [200, 200],
    ],
    most,
  )
  if ('fault' in made) throw new Error(made.fault)
  expect(
    await Promise.all(
      made.map(async (png) => {
        const { format, width, height } = await sharp(png).metadata()
        return [format, width, height]
      }),
    ),
  ).toEqual([
    ['png', 64, 32],
    ['png', 200, 100],
  ])
  for (const png of made) expect(png.includes('Kanarienvogel')).toBe(false)
})

test('anything else is refused: other kinds, too large, damaged, a bomb of pixels', async () => {
  const png = await plain(300, 300).png().toBuffer()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect(await picturesFrom(svg, box, most)).toEqual({ fault: 'kind' })
  expect(await picturesFrom(await plain(9, 9).webp().toBuffer(), box, most)).toEqual({ fault: 'kind' })
  expect(await picturesFrom(png, box, 100)).toEqual({ fault: 'size' })
  expect(await picturesFrom(png.subarray(0, 200), box, most)).toEqual({ fault: 'broken' })
  expect(await picturesFrom(Buffer.concat([png.subarray(0, 8), svg]), box, most)).toEqual({ fault: 'broken' })
  const bomb = await plain(7_000, 7_000).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(most)
  expect(await picturesFrom(bomb, box, most)).toEqual({ fault: 'broken' })
})
