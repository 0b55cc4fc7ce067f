import { existsSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { checkout, pages, scm } from './sources.mjs'

/** Where a page of the repository stands on the site. */
export const rewrites = (file) =>
  file
    .replace(/^README\.md$/, 'index.md')
    .replace(/^docs\/README\.md$/, 'documents.md')
    .replace(/^docs\//, '')

/**
 * A plugin of markdown-it. A relative link leads to the page; where the site has none, to the file or folder in the
 * repository.
 */
export function followLinks(markdown) {
  markdown.core.ruler.push('follow-links', (state) => {
    const links = state.tokens
      .flatMap((block) => block.children ?? [])
      .filter((token) => token.type === 'link_open' && !/^(\w+:|#)/.test(token.attrGet('href')))
    for (const link of links) {
      link.attrSet('href', address(state.env.realPath ?? state.env.path, link.attrGet('href')))
    }
  })
}

/** A plugin of markdown-it. Camel's placeholders are text of a page; between these braces Vue would see JavaScript. */
export function keepBraces(markdown) {
  const { rules } = markdown.renderer
  for (const kind of ['text', 'code_inline']) {
    const rendered = rules[kind]
    rules[kind] = (...token) => rendered(...token).replaceAll('{{', '&#123;&#123;')
  }
}

/** @throws if there is no such file */
export function address(source, href) {
  const [, path, anchor] = decodeURI(href).match(/^([^#]*)(.*)$/)
  const target = resolve(dirname(source), path)
  const file = relative(pages, target)
  if (file.endsWith('.md') && existsSync(target)) {
    return encodeURI(`/${rewrites(file)}${anchor}`)
  }
  const kind = statSync(resolve(checkout, file)).isDirectory() ? 'tree' : 'blob'
  return encodeURI(`${scm}/${kind}/main/${file}${anchor}`)
}
