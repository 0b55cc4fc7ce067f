package io.github.camelakeeba.simulator.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What a simulated site backs up, besides one large file: a page, and a database. */
record SiteContents(StoredBackup row) {
  /** The path of the large file, which is stored as it is and fills the archive up. */
  static final String FILLER = "images/filler.bin";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String MARK = "/**ABDB**/";
  private static final int INSERT = 50;

  /** The files before the large one, in their order. */
  List<PackedFile> files() {
    return List.of(
        PackedFile.of("installation/README.html", readme()),
        PackedFile.of("installation/extrainfo.json", extraInfo()),
        PackedFile.of("installation/sql/site.sql", statements(MARK, "#__", "")),
        PackedFile.of("installation/sql/databases.json", databases()),
        PackedFile.of("images/index.html", "<!DOCTYPE html><title></title>\n"));
  }

  /** The whole dump of a backup of the database alone. */
  String dump() {
    return statements("", row.tablePrefix, "DROP TABLE IF EXISTS `%s`;\n");
  }

  private String readme() {
    return """
        <!DOCTYPE html>
        <html><head><title>Akeeba Backup Archive Identity</title></head>
        <body>
        	<h1>Akeeba Backup Archive Identity</h1>
        	<h2>Backup Description</h2>
        	<p id="description">%s</p>
        	<p>Created with a simulated site</p>
        </body>
        </html>
        """
        .formatted(row.description);
  }

  private String extraInfo() {
    ObjectNode info = PhpJson.object();
    info.put("host", "127.0.0.1").put("backup_date", DATE.format(row.start));
    info.put("akeeba_version", "10.2.1").put("php_version", "8.2.32").put("root", "/srv/site/");
    return info.toPrettyString();
  }

  /** The tables that were to be dumped, whatever became of the dump. */
  private String databases() {
    ObjectNode all = PhpJson.object();
    ObjectNode site = all.putObject("site.sql");
    site.put("dbtype", "mysqli").put("dbtech", "mysql").put("dbname", "sitedb");
    site.put("sqlfile", "site.sql").put("marker", "\n" + MARK).put("dbhost", "127.0.0.1");
    site.put("dbuser", "").put("dbpass", "").put("prefix", row.tablePrefix).put("parts", 1);
    site.putObject("tables").putArray("table").add("#__content").add("#__session");
    return all.toPrettyString();
  }

  /** A table of so many rows and an empty one; a third is gone where rows are lost. */
  private String statements(String mark, String prefix, String drop) {
    boolean lost = row.damage.stream().anyMatch(text -> text.startsWith("rows lost"));
    StringBuilder sql = new StringBuilder();
    table(sql, mark, drop, prefix + "content", "`id` int(11) NOT NULL,\n  `title` varchar(255)");
    int written = 0;
    for (int i = 1; i <= StepPlan.ROWS; i++) {
      if (lost && i > StepPlan.ROWS / 3 && i <= 2 * StepPlan.ROWS / 3) {
        continue;
      }
      boolean first = written++ % INSERT == 0;
      boolean last = written % INSERT == 0 || i == StepPlan.ROWS;
      sql.append(first ? mark + "INSERT INTO `" + prefix + "content`  VALUES \n" : "");
      sql.append("('").append(row.id * 1000 + i).append("', 'Article ").append(i).append("')");
      sql.append(last ? ";\n" : ",\n");
    }
    table(sql, mark, drop, prefix + "session", "`id` int(11) NOT NULL");
    return sql.toString();
  }

  private static void table(
      StringBuilder sql, String mark, String drop, String name, String columns) {
    sql.append(drop.formatted(name)).append(mark);
    sql.append("CREATE TABLE `").append(name).append("` (\n  ").append(columns);
    sql.append(",\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n");
  }
}
