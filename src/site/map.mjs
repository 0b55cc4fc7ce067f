import { readFileSync } from 'node:fs'
import { address } from './links.mjs'
import { pages } from './sources.mjs'

const MAP = `${pages}/docs/README.md`
const LINK = /\[(.+?)\]\((.+?)\)/g

/** The sidebar: what docs/README.md lists, in its order; in a table the first cell of a row is the page. */
export function chapters() {
  return readFileSync(MAP, 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((chapter) => {
      const [title, ...blocks] = chapter.trim().split(/\n\n+/)
      return { text: title.replace(' …', ''), items: blocks.flatMap(entries) }
    })
}

function entries(block) {
  if (block.startsWith('|')) {
    return block.split('\n').flatMap((row) => linked(row.split('|')[1]))
  }
  const [, group, rest] = block.match(/^\*\*(.+?):\*\*(.*)$/s)
  return [{ text: sentence(group), collapsed: true, items: linked(rest) }]
}

function linked(text) {
  return [...text.matchAll(LINK)].map(([, name, href]) => ({
    text: sentence(name.replaceAll('`', '')),
    link: address(MAP, href),
  }))
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1)
}
