import sharp from 'sharp'
import { expect, test } from 'vitest'
import { picturesFrom, type Made } from './index.ts'

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
      made.map(async ({ bytes, ...said }) => {
        const { format, width, height } = await sharp(bytes).metadata()
        expect({ kind: format, width, height }).toEqual(said)
        return [format, width, height]
      }),
    ),
  ).toEqual([
    ['png', 64, 32],
    ['png', 200, 100],
  ])
  for (const { bytes } of made) expect(bytes.includes('Kanarienvogel')).toBe(false)
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

/** Soft light with the grain of a camera. */
const photograph = () => {
  const [width, height] = [600, 400]
  const data = Buffer.alloc(width * height * 3)
  for (let n = 0; n < data.length; n++) {
    const [x, y] = [Math.floor(n / 3) % width, Math.floor(n / 3 / width)]
    const grain = ((n * 2_654_435_761) >>> 24) % 12
    data[n] = Math.min(255, 90 + (n % 3) * 30 + 60 * Math.sin(x / 90) * Math.cos(y / 70) + grain)
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

test('a photograph becomes a JPEG that looks like it, a drawing stays sharp, glass stays glass', async () => {
  const [photo] = (await picturesFrom(await photograph().png().toBuffer(), [[600, 600]], most, 'best')) as Made[]
  expect(photo).toMatchObject({ kind: 'jpeg', width: 600, height: 400 })
  expect(photo!.bytes.length).toBeLessThan(120_000)
  const [before, after] = await Promise.all([photograph().raw().toBuffer(), sharp(photo!.bytes).raw().toBuffer()])
  const apart = before.reduce((sum, value, n) => sum + Math.abs(value - after[n]!), 0) / before.length
  expect(apart, 'of 255 steps').toBeLessThan(5)
  const bars =
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#fff"/>'
  const drawn = sharp(Buffer.from(`${bars}<rect x="40" y="40" width="60" height="120" fill="#0b5563"/></svg>`))
  const [drawing] = (await picturesFrom(await drawn.png().toBuffer(), [[600, 600]], most, 'best')) as Made[]
  expect(drawing!.kind).toBe('png')
  const [clear] = (await picturesFrom(
    await sharp({ create: { width: 50, height: 50, channels: 4, background: '#0b556380' } })
      .png()
      .toBuffer(),
    [[600, 600]],
    most,
    'best',
  )) as Made[]
  expect((await sharp(clear!.bytes).metadata()).hasAlpha).toBe(true)
})
