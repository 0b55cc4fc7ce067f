package io.github.camelakeeba.archive.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.archive.format.BrokenArchiveException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpReaderTest {
  private static final String TABLE =
      """
      /**ABDB**/CREATE TABLE `#__content` (
        `title` varchar(255) DEFAULT '; (' COMMENT 'a `b`, PRIMARY KEY (`title`)',
        `id` int(11) NOT NULL AUTO_INCREMENT,
        KEY `title` (`title`),
        PRIMARY KEY (`id`)
      ) ENGINE=InnoDB;
      """;

  /** Hears what a dump holds, in words. */
  private static final class Hearing implements DumpVisitor {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void created(String kind, String name) {
      heard.add(kind + " " + name);
    }

    @Override
    public void inserting(String table) {
      heard.add("into " + table);
    }

    @Override
    public void row() {
      heard.add("row");
    }

    @Override
    public void row(long key) {
      heard.add("row " + key);
    }
  }

  private static List<String> heard(String sql, int piece) {
    byte[] bytes = sql.getBytes(StandardCharsets.ISO_8859_1);
    Hearing hearing = new Hearing();
    DumpTokenizer tokenizer = DumpTokenizer.continuing(null, hearing);
    for (int i = 0; i < bytes.length; i += piece) {
      tokenizer.read(bytes, i, Math.min(piece, bytes.length - i));
    }
    hearing.heard.add(tokenizer.atEndOfStatement() ? "end" : "open");
    return hearing.heard;
  }

  private static DumpVerification verdict(Map<String, String> files, DumpExpectation expected) {
    return read(files).verify(expected);
  }

  private static DumpReader read(Map<String, String> files) {
    DumpReader reading = new DumpReader(true);
    files.forEach(
        (name, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          reading.begin(name);
          reading.bytes(bytes, 0, bytes.length);
          reading.end();
        });
    return reading;
  }

  private static Map<String, String> dump(String sql) {
    return files(sql, "[\"#__content\"]", 1);
  }

  private static Map<String, String> files(String sql, String tables, int parts) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("site.sql", sql);
    files.put(
        "databases.json",
        "{\"site.sql\":{\"sqlfile\":\"site.sql\",\"prefix\":\"jos_\",\"parts\":%d,\"tables\":{\"table\":%s}}}"
            .formatted(parts, tables));
    return files;
  }

  private static String rows(int from, int to) {
    StringBuilder sql = new StringBuilder("/**ABDB**/INSERT INTO `#__content`  VALUES \n");
    for (int i = from; i <= to; i++) {
      sql.append("('row', '").append(i).append(i < to ? "'),\n" : "');\n");
    }
    return sql.toString();
  }

  private static DumpExpectation counted(long rows) {
    return new DumpExpectation(Map.of("jos_content", rows), List.of());
  }

  /** Where one piece ends and the next begins is chance. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4096})
  void a_value_may_hold_whatever_ends_a_statement(int piece) {
    String sql =
        TABLE
            + """
            /**ABDB**/INSERT INTO `#__content`  VALUES
            ('it\\'s; a \\"quoted\\" \\\\', '1'),
            ('/**ABDB**/INSERT INTO `#__content` VALUES (99)', '2'),
            ('\\'),(\\'9\\'', '-3'),
            ('''', '4'),
            (NULL, 5),
            (x'27', '6'),
            (CONCAT('a', '(b', ')'), '7'),
            ('-- no comment\u00ff # nor this', '8');/**ABDB**/
            /**ABDB**/CREATE VIEW `#__view` AS select `a`.`id` from `a` where `id` <= 10;
            /**ABDB**/CREATE TABLE `plain``name` (`a` int);
            """;
    assertThat(heard(sql, piece))
        .containsExactly(
            "table #__content",
            "into #__content",
            "row 1",
            "row 2",
            "row -3",
            "row 4",
            "row 5",
            "row 6",
            "row 7",
            "row 8",
            "view #__view",
            "table plain`name",
            "end");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 4096})
  void a_routine_ends_where_the_next_statement_is_marked(int piece) {
    String routine =
        """
        /**ABDB**/CREATE TRIGGER `#__t` BEFORE INSERT ON `#__content` FOR EACH ROW BEGIN
          INSERT INTO `#__log` VALUES (1); /* a; b */
          SET @a = 'x;';
        END;
        """;
    assertThat(heard(TABLE + routine + rows(1, 1), piece))
        .containsExactly("table #__content", "trigger #__t", "into #__content", "row 1", "end");
    assertThat(heard(routine, piece)).containsExactly("trigger #__t", "end");
    assertThat(heard(routine.replace("END;", "END"), piece)).containsExactly("open");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void a_comment_between_rows_may_hold_a_quote(int piece) {
    String rows =
        "/**ABDB**/INSERT INTO `#__content`  VALUES -- it's\n('a', '1') -- it's\n,\n('--  b', '-2') /* it's */;\n";
    assertThat(heard(TABLE + rows, piece))
        .containsExactly("table #__content", "into #__content", "row 1", "row -2", "end");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 4096})
  void a_plain_dump_names_another_delimiter_around_routines(int piece) {
    String sql =
        """
        -- a comment; with 'quotes
        # another; one
        DROP TABLE IF EXISTS `jos_a`;
        CREATE TABLE `jos_a` (
          `id` bigint(20) NOT NULL,
          PRIMARY KEY (`id`)
        ) ENGINE=InnoDB;
        DELIMITER $$
        CREATE DEFINER=`root`@`localhost` PROCEDURE `p`() BEGIN INSERT INTO `jos_a` VALUES (1); END $$
        CREATE FUNCTION f() RETURNS int BEGIN SELECT '$$'; RETURN 1; END$$
        DELIMITER ;
        INSERT INTO `jos_a` (`x`, `id`) VALUES (1, 42);
        """;
    assertThat(heard(sql, piece))
        .containsExactly("table jos_a", "procedure p", "function f", "into jos_a", "row 42", "end");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4096})
  void a_comment_in_a_routine_may_hold_a_quote(int piece) {
    String routine =
        """
        /**ABDB**/CREATE PROCEDURE `#__p`()
        BEGIN
          -- it's not to be counted; (1)
          SET @a = 5 - -1; # nor's this
          SET @b = '-- no comment';--
        END;
        -- and that's it
        """;
    assertThat(heard(TABLE + routine + rows(1, 1), piece))
        .containsExactly("table #__content", "procedure #__p", "into #__content", "row 1", "end");
    assertThat(heard(routine, piece)).containsExactly("procedure #__p", "end");
  }

  /** So Akeeba's filter of Joomla's finder adds the root of a tree. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4096})
  void a_table_without_quotes_is_no_comment(int piece) {
    String sql =
        """
        /**ABDB**/CREATE TABLE `#__finder_taxonomy` (
          `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
          `title` varchar(255) NOT NULL,
          PRIMARY KEY (`id`)
        ) ENGINE=InnoDB;
        /**ABDB**/INSERT INTO #__finder_taxonomy
        (`id`,`title`) VALUES\s
        ('1', 'ROOT');
        #_ a comment; of its own
        ##__ another; one
        /**ABDB**/INSERT INTO #__finder_taxonomy VALUES ('2', 'x');
        """;
    assertThat(heard(sql, piece))
        .containsExactly(
            "table #__finder_taxonomy",
            "into #__finder_taxonomy",
            "row 1",
            "into #__finder_taxonomy",
            "row 2",
            "end");
  }

  @Test
  void a_cut_within_a_statement_shows() {
    String sql = TABLE + rows(1, 3);
    for (int cut = TABLE.length() + 1; cut < sql.length() - 2; cut++) {
      boolean behindTheMark = cut == TABLE.length() + "/**ABDB**/".length();
      assertThat(heard(sql.substring(0, cut), 4096))
          .as(sql.substring(0, cut))
          .endsWith(behindTheMark ? "end" : "open");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100,100,none",
    "99,100,none",
    "98,100,warning",
    "90,100,warning",
    "89,100,failure",
    "101,100,failure"
  })
  void rows_are_held_against_what_the_site_counted(int rows, int counted, String verdict) {
    DumpVerification found = verdict(dump(TABLE + rows(1, rows)), counted(counted));
    String told = "The table jos_content has %d rows in the dump, but the site counted %d";
    List<String> expected =
        verdict.equals("warning") ? List.of(told.formatted(rows, counted)) : List.of();
    assertThat(found.warnings()).hasSameSizeAs(expected);
    if (!expected.isEmpty()) {
      assertThat(found.warnings().get(0)).startsWith(expected.get(0));
    }
    if (verdict.equals("failure")) {
      assertThat(found.failure()).startsWith(told.formatted(rows, counted));
    } else {
      assertThat(found.failure()).isNull();
    }
  }

  @Test
  void rows_go_on_in_the_next_file() {
    Map<String, String> files = files(TABLE + rows(1, 50), "[\"#__content\"]", 2);
    files.put("site.s01", rows(51, 100));
    assertThat(verdict(files, counted(100))).isEqualTo(DumpVerification.NONE);
    files.put("site.s01", rows(41, 90));
    assertThat(verdict(files, DumpExpectation.NONE).failure())
        .isEqualTo("The dump holds 10 rows of the table #__content twice (keys 41 to 50).");
    files.remove("site.s01");
    assertThat(verdict(files, DumpExpectation.NONE).failure())
        .isEqualTo("The dump of site has 1 of its 2 files.");
  }

  @Test
  void keys_in_no_order_are_not_taken_for_rows_that_stand_twice() {
    String sql = TABLE + rows(50, 100) + rows(1, 49) + rows(200, 201) + rows(101, 199);
    assertThat(verdict(dump(sql), counted(201))).isEqualTo(DumpVerification.NONE);
  }

  @Test
  void a_table_that_is_listed_and_not_created_is_missing_unless_the_site_had_warned_of_it() {
    Map<String, String> files = files(TABLE, "[\"#__content\", \"#__gone\", \"#__gone_too\"]", 1);
    assertThat(verdict(files, DumpExpectation.NONE).failure())
        .isEqualTo(
            "Of the 3 tables and views that the dump should hold, 2 are not in it: #__gone, #__gone_too.");
    DumpExpectation warned =
        new DumpExpectation(
            Map.of(), List.of("Could not read jos_gone: it is marked as crashed", "#__gone_too?"));
    assertThat(verdict(files, warned).failure()).isNull();
    assertThat(verdict(files, warned).warnings())
        .containsExactly(
            "The table #__gone is not in the dump; the site had warned of it.",
            "The table #__gone_too is not in the dump; the site had warned of it.");
    DumpExpectation other = new DumpExpectation(Map.of(), List.of("jos_gone_too is slow"));
    assertThat(verdict(files, other).failure()).contains("1 are not in it: #__gone.");
  }

  @Test
  void a_table_that_is_created_twice_was_dumped_by_a_repeated_step() {
    assertThat(verdict(dump(TABLE + TABLE), DumpExpectation.NONE).failure())
        .isEqualTo("The dump creates more than once: #__content.");
  }

  @Test
  void an_old_installer_lists_tables_without_their_kinds() {
    Map<String, String> files = files(TABLE, "[]", 1);
    files.put(
        "databases.json",
        "{\"site.sql\":{\"sqlfile\":\"site.sql\",\"tables\":[\"#__content\",\"#__gone\"]}}");
    assertThat(verdict(files, DumpExpectation.NONE).failure()).contains("1 are not in it: #__gone");
  }

  /** Each kind of code has names of its own. */
  @Test
  void a_trigger_may_have_the_name_of_its_table() {
    String trigger =
        "/**ABDB**/CREATE TRIGGER `#__content` BEFORE INSERT ON `#__content` FOR EACH ROW SET NEW.title = 'x';\n/**ABDB**/CREATE PROCEDURE `#__content`() SELECT 1;\n/**ABDB**/";
    assertThat(verdict(dump(TABLE + trigger), DumpExpectation.NONE))
        .isEqualTo(DumpVerification.NONE);
  }

  @Test
  void triggers_and_routines_that_are_listed_and_not_in_the_dump_are_a_warning() {
    String trigger =
        "/**ABDB**/CREATE TRIGGER `jos_Stamp` BEFORE INSERT ON `#__content` FOR EACH ROW SET NEW.title = 'x';\n/**ABDB**/";
    Map<String, String> files = files(TABLE + trigger, "[]", 1);
    files.computeIfPresent(
        "databases.json",
        (name, list) ->
            list.replace(
                "\"table\":[]",
                "\"table\":[\"#__content\"],\"trigger\":[\"#__stamp\",\"#__gone\"],\"procedure\":[\"#__stamp\"]"));
    DumpVerification verdict = verdict(files, DumpExpectation.NONE);
    assertThat(verdict.failure()).isNull();
    assertThat(verdict.warnings())
        .containsExactly(
            "Of the 3 triggers and routines that the dump should hold, 2 are not in it: trigger #__gone, procedure #__stamp.");

    String flat =
        "{\"site.sql\":{\"sqlfile\":\"site.sql\",\"tables\":[\"#__content\",\"jos_Stamp\"]}}";
    files.put("databases.json", flat);
    assertThat(verdict(files, DumpExpectation.NONE)).isEqualTo(DumpVerification.NONE);
  }

  /** Their names would fill the memory. */
  @Tag("fault")
  @Test
  void a_dump_with_more_tables_or_files_than_any_site_has_is_broken() {
    DumpReader tables = new DumpReader(true);
    tables.begin("site.sql");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200_000; i++) {
                byte[] insert =
                    "INSERT INTO `t%s` VALUES (1);\n".formatted(i).getBytes(StandardCharsets.UTF_8);
                tables.bytes(insert, 0, insert.length);
              }
            })
        .isInstanceOf(BrokenArchiveException.class)
        .hasMessage("The dump has more tables and files than that of any site.");
    DumpReader databases = new DumpReader(true);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                databases.begin("site%s.sql".formatted(i));
                databases.end();
              }
            })
        .isInstanceOf(BrokenArchiveException.class);
  }

  @Test
  void without_its_list_a_dump_in_an_archive_is_a_warning() {
    assertThat(verdict(Map.of("site.sql", TABLE), DumpExpectation.NONE).warnings())
        .containsExactly(
            "The dump has no list of its tables (installation/sql/databases.json): tables that are missing would not show.");
    assertThat(
            verdict(Map.of("site.sql", TABLE, "databases.json", "nonsense"), counted(0)).warnings())
        .singleElement()
        .asString()
        .contains("can't be read");
    assertThat(verdict(Map.of(), DumpExpectation.NONE)).isEqualTo(DumpVerification.NONE);
    // PHP's empty list: a site without a database
    assertThat(verdict(Map.of("databases.json", "[]"), DumpExpectation.NONE))
        .isEqualTo(DumpVerification.NONE);
  }

  /** Which is written when the dump is done. */
  @Test
  void its_list_says_whether_a_dump_can_be_judged_at_all() {
    String list =
        """
        {"site.sql": {"sqlfile": "site.sql", "parts": 1, "tables": []},
         "shop.sql": {"sqlfile": "shop.sql", "parts": 1, "tables": []}}
        """;
    assertThat(unaccounted(Map.of("site.sql", TABLE))).contains("no list");
    assertThat(unaccounted(Map.of("site.sql", TABLE, "databases.json", "nonsense")))
        .contains("no list");
    assertThat(unaccounted(Map.of("site.sql", TABLE, "databases.json", list)))
        .contains("shop has none of its 1 files");
    assertThat(unaccounted(Map.of("site.sql", TABLE, "databases.json", "[]")))
        .contains("site is not in the list");
    assertThat(unaccounted(Map.of("site.sql", TABLE, "shop.sql", TABLE, "databases.json", list)))
        .isNull();
  }

  private static String unaccounted(Map<String, String> files) {
    return read(files).unaccounted();
  }

  @Test
  void a_file_that_stands_there_twice_counts_as_it_is_unpacked() {
    DumpReader reading = new DumpReader(true);
    for (String name : List.of("site.sql", "site.sql", "databases.json")) {
      byte[] bytes = dump(TABLE + rows(1, 10)).get(name).getBytes(StandardCharsets.UTF_8);
      reading.begin(name);
      reading.bytes(bytes, 0, bytes.length);
      reading.end();
    }
    assertThat(reading.verify(counted(10))).isEqualTo(DumpVerification.NONE);
  }

  @Test
  void a_table_that_the_site_counted_and_that_is_not_there_at_all_is_a_failure() {
    assertThat(verdict(Map.of(), counted(5)).failure()).contains("has 0 rows in the dump");
  }

  /** An archive may come from somebody who wants its verification never to end. */
  @ParameterizedTest
  @ValueSource(
      strings = {"INSERT INTO (", "CREATE TABLE `a` (\n", "CREATE TABLE `a` (x int)\n  PRIMARY "})
  void what_is_no_dump_is_read_as_fast_as_one(String begins) {
    String repeated = begins.startsWith("I") ? "(VALUES(" : "\n";
    String sql = begins + repeated.repeat((4 << 20) / repeated.length()) + ";\n";
    assertThat(heard(sql, 1 << 16)).last().isEqualTo("end");
  }

  @Test
  void of_a_name_of_any_length_its_beginning_is_remembered() {
    String name = "n".repeat(200_000);
    assertThat(
            heard(
                "CREATE TABLE `%1$s` (\n  `%1$s` int,\n  PRIMARY KEY (`%1$s`)\n) ENGINE=InnoDB;\nINSERT INTO `%1$s`  VALUES \n('1');\n"
                    .formatted(name),
                1 << 16))
        .containsExactly(
            "table " + name.substring(0, 256), "into " + name.substring(0, 256), "row", "end");
  }
}
