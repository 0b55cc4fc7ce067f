import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'
import { followLinks, keepBraces, rewrites } from '../links.mjs'
import { chapters } from '../map.mjs'
import { base, html, pages, policy, scm } from '../sources.mjs'

export default defineConfig({
  title: 'camel-akeeba-backup',
  description: 'Takes, checks and watches Akeeba Backup backups of Joomla, WordPress and Solo sites',
  srcDir: pages,
  outDir: html,
  base,
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: policy }],
    ['link', { rel: 'icon', href: 'data:,' }],
  ],
  rewrites,
  // as GitHub shows them: its anchors, and neither braces nor tags are more than text
  markdown: {
    anchor: { slugify: slug },
    attrs: { disable: true },
    html: false,
    config: (markdown) => markdown.use(followLinks).use(keepBraces),
  },
  themeConfig: {
    nav: [
      { text: 'Install', link: '/how-to/install' },
      { text: 'Documents', link: '/documents' },
      { text: 'Changes', link: '/CHANGELOG' },
      { text: 'Source', link: scm },
    ],
    sidebar: [{ text: 'What it is', link: '/' }, ...chapters()],
    outline: [2, 3],
    search: { provider: 'local' },
    editLink: { pattern: `${scm}/edit/main/:path`, text: 'Edit this page' },
  },
})
