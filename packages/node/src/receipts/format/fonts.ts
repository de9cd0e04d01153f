import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface FontPackage {
  readonly name: string
  readonly files: readonly string[]
  /** Whether the server works without it: the fonts of Chinese, Japanese and Korean are 8 MB and more each. */
  readonly isOptional?: true
}

/** Fonts in the order in which they are tried for a character. All are under the SIL Open Font License. */
const PACKAGES: readonly FontPackage[] = [
  { name: '@embedpdf/fonts-latin', files: ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'] },
  { name: '@embedpdf/fonts-hebrew', files: ['NotoSansHebrew-Regular.ttf', 'NotoSansHebrew-Bold.ttf'] },
  { name: '@embedpdf/fonts-arabic', files: ['NotoNaskhArabic-Regular.ttf', 'NotoNaskhArabic-Bold.ttf'] },
  { name: '@embedpdf/fonts-sc', files: ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'], isOptional: true },
  { name: '@embedpdf/fonts-jp', files: ['NotoSansJP-Regular.otf', 'NotoSansJP-Bold.otf'], isOptional: true },
  { name: '@embedpdf/fonts-kr', files: ['NotoSansKR-Regular.otf', 'NotoSansKR-Bold.otf'], isOptional: true },
]

/** The font files that are installed. Throws where one is missing that every installation has. */
export async function readFonts(): Promise<Buffer[]> {
  const fonts = await Promise.all(PACKAGES.map(readPackage))
  return fonts.flat()
}

async function readPackage({ name, files, isOptional }: FontPackage): Promise<Buffer[]> {
  let folder: string
  try {
    folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'fonts')
  } catch (error) {
    if (isOptional) return []
    throw error
  }
  return Promise.all(files.map((file) => readFile(join(folder, file))))
}
