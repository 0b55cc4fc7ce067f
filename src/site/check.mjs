// Fails where the built site has a dead link, no such anchor, or has a browser load something from elsewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { parse } from 'node-html-parser'
import { base, html, policy } from './sources.mjs'

const ORIGIN = 'http://site'
/** What a browser loads by itself, or runs. */
const LOADED = { script: 'src', img: 'src', iframe: 'src', source: 'src', video: 'src', link: 'href' }
const LOADED_BY_CSS = /(?:url\(|@import)\s*["']?(?:https?:)?\/\/[^"')\s]+/g

const files = readdirSync(html, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => join(file.parentPath ?? file.path, file.name))
const ofType = (...types) => files.filter((file) => types.includes(extname(file)))
const documents = new Map(ofType('.html').map((file) => [file, parse(readFileSync(file, 'utf8'))]))
const problems = []
let links = 0

for (const [file, document] of documents) {
  const page = new URL(base + relative(html, file), ORIGIN)
  const say = (problem) => problems.push(`${relative(html, file)}: ${problem}`)
  for (const element of document.querySelectorAll('a[href]')) {
    const href = element.getAttribute('href')
    const url = new URL(href, page)
    if (url.origin === ORIGIN) {
      links++
      const target = join(html, decodeURI(url.pathname).slice(base.length).replace(/(^|\/)$/, '$1index.html'))
      if (!url.pathname.startsWith(base) || !existsSync(target)) {
        say(`dead link ${href}`)
      } else if (url.hash && !documents.get(target)?.getElementById(decodeURIComponent(url.hash.slice(1)))) {
        say(`no such anchor ${href}`)
      }
    }
  }
  // what scripts would load from elsewhere the browser refuses
  if (document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') !== policy) {
    say('lacks the policy')
  }
  for (const [tag, attribute] of Object.entries(LOADED)) {
    for (const element of document.querySelectorAll(`${tag}[${attribute}]`)) {
      const url = new URL(element.getAttribute(attribute), page)
      if (url.protocol !== 'data:' && url.origin !== ORIGIN) {
        say(`loads ${url}`)
      }
    }
  }
}
for (const file of ofType('.css')) {
  for (const [foreign] of readFileSync(file, 'utf8').matchAll(LOADED_BY_CSS)) {
    problems.push(`${relative(html, file)}: ${foreign}`)
  }
}

problems.forEach((problem) => console.error(problem))
console.log(`${documents.size} pages, ${links} links, ${problems.length} problems`)
process.exitCode = problems.length || !documents.size ? 1 : 0
