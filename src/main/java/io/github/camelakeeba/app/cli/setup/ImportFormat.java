package io.github.camelakeeba.app.cli.setup;

import java.util.List;

/** Reads the sites of one kind of file. */
interface ImportFormat {
  /**
   * All sites in the file's order.
   *
   * @param label the file's name, with which places begin
   */
  List<ImportedSite> read(String text, String label, ImportFindings findings);
}
