/** Archives that are fetched from the sites: file by file, whole, read to their end, and kept. */
package io.github.camelakeeba.archive;
