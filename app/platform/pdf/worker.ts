import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Order } from './pdf.ts'

/**
 * The thread that sets PDFs. It holds the compiler (some 60 MiB), so it lives only while there is work; whoever ordered
 * ends it. `workerData` is the list of font files.
 */
const fonts = (workerData as string[]).map((file) => readFileSync(file))
const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts }] })

function set({ id, source, inputs, standard }: Order): Answer {
  try {
    const bytes = compiler.pdf({ mainFileContent: source, inputs: { ...inputs } }, { pdfStandard: standard as never })
    return { id, bytes: new Uint8Array(bytes) }
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) }
  } finally {
    // What was set may be sealed text: the compiler must not remember it.
    compiler.evictCache(0)
  }
}

parentPort?.on('message', (order: Order) => parentPort?.postMessage(set(order)))
