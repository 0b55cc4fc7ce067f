import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository; this file runs in `target/site`, where `.ci/site` copies it. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url))
/** The pages, at the places that they have in the repository. */
export const pages = fileURLToPath(new URL('pages', import.meta.url))
export const html = fileURLToPath(new URL('html', import.meta.url))
/** The repository's address, as the pom has it. */
export const scm = readFileSync(`${checkout}pom.xml`, 'utf8').match(/<scm>.*?<url>(.*?)<\/url>/s)[1]
/** The path below which the site is published: GitHub names it after the repository. */
export const base = `/${scm.split('/').pop()}/`
/** What a page may load: its own. The theme writes its styles and the choice of dark or light into the page. */
export const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
